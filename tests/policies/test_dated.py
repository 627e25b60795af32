"""Rules that are one figure from a day on: proposed by one, approved by another, never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.policies import rules, services
from portal.policies.dated import figures_on, read_dated_rules
from portal.policies.fields import DatedFields
from portal.policies.models import DatedRule
from portal.policies.states import UNITS, DatedKind
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db
MOST = DatedKind.RECRUITING_MOST


@pytest.fixture
def maker():
    return staff_person("finance maker")


@pytest.fixture
def checker():
    return staff_person("finance checker")


def fields(**changed):
    begins = clock.today() + timedelta(days=10)
    return replace(DatedFields(MOST, 3_000, begins, "公告"), **changed)


def announced(maker, checker, **changed):
    rule = services.propose_dated_rule(maker.actor, fields=fields(**changed))
    return services.approve_dated_rule(checker.actor, rule=rule)


def refused(status, act, *args, **kwargs):
    with pytest.raises(Refused) as error:
        act(*args, **kwargs)
    assert error.value.verdict.status == status


def test_each_kind_has_its_unit():
    assert set(UNITS) == set(DatedKind)


def test_proposal_holds_nothing_until_a_second_person_approves(maker, checker):
    rule = services.propose_dated_rule(maker.actor, fields=fields())
    assert read_dated_rules().value_on(MOST, rule.starts_on) == 4_000

    services.approve_dated_rule(checker.actor, rule=rule)

    figures = read_dated_rules()
    before = rule.starts_on - timedelta(days=1)
    assert figures.value_on(MOST, before) == 4_000
    assert figures.value_on(MOST, rule.starts_on) == 3_000
    assert figures.least_within(MOST, before, rule.starts_on).value == 4_000
    assert figures.least_within(MOST, before, None).value == 3_000
    assert AuditEntry.objects.filter(verb="approve_dated_rule", user=checker.user).count() == 1


def test_who_proposed_does_not_approve(operator):
    rule = services.propose_dated_rule(operator.actor, fields=fields())
    refused(403, services.approve_dated_rule, operator.actor, rule=rule)
    rule.refresh_from_db()
    assert (rule.status, rule.decided_by) == ("proposed", None)
    services.refuse_dated_rule(operator.actor, rule=rule)  # but may take it back
    services.propose_dated_rule(operator.actor, fields=fields())


def test_decided_once(maker, checker):
    rule = announced(maker, checker)
    refused(409, services.refuse_dated_rule, checker.actor, rule=rule)
    refused(409, services.approve_dated_rule, checker.actor, rule=rule)


def test_too_late_to_approve(maker, checker):
    rule = services.propose_dated_rule(maker.actor, fields=fields())
    with clock.standing_at(clock.now() + timedelta(days=5)):
        refused(422, services.approve_dated_rule, checker.actor, rule=rule)
    assert DatedRule.objects.get(pk=rule.pk).announced_on is None


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"value": 10_001}, "value"),
        ({"value": -1}, "value"),
        ({"product_source": "nowhere"}, "product_source"),
        ({"starts_on": date(2026, 1, 1)}, "starts_on"),
        ({"source": " "}, "source"),
    ],
)
def test_unsound_rule_is_refused(maker, changed, name):
    known = DatedRule.objects.count()
    with pytest.raises(Refused) as error:
        services.propose_dated_rule(maker.actor, fields=fields(**changed))
    assert name in {flaw.field for flaw in error.value.verdict.flaws}
    assert DatedRule.objects.count() == known


def test_one_of_a_kind_a_day(maker):
    services.propose_dated_rule(maker.actor, fields=fields())
    refused(409, services.propose_dated_rule, maker.actor, fields=fields(value=1))


def test_only_those_who_may(merchant, maker, checker):
    refused(403, services.propose_dated_rule, merchant.actor, fields=fields())
    refused(403, services.propose_dated_rule, checker.actor, fields=fields())
    rule = services.propose_dated_rule(maker.actor, fields=fields())
    refused(403, services.approve_dated_rule, maker.actor, rule=rule)


def test_source_goes_before_all_of_them(maker, checker):
    announced(maker, checker, product_source="jd", value=1_000)
    later = clock.today() + timedelta(days=11)
    announced(maker, checker, starts_on=later)
    figures = read_dated_rules(MOST)
    assert figures.value_on(MOST, later, source="jd") == 1_000
    assert figures.value_on(MOST, later, source="shop") == 3_000
    assert figures.value_on(DatedKind.COMMISSION_MOST, later) is None  # not read


@pytest.mark.parametrize("change", [{"value": 1}, {"starts_on": date(2020, 1, 1)}])
def test_rule_never_changes(change):
    rule = DatedRule.objects.earliest("pk")
    with pytest.raises(ProgrammingError), transaction.atomic():
        DatedRule.objects.filter(pk=rule.pk).update(**change)


def test_database_asks_for_the_second_person(maker):
    rule = services.propose_dated_rule(maker.actor, fields=fields())
    with pytest.raises(IntegrityError, match="dated_rule_second_person"), transaction.atomic():
        DatedRule.objects.filter(pk=rule.pk).update(
            status="approved",
            decided_by=maker.user,
            decided_at=clock.now(),
            announced_on=clock.today(),
        )


def test_look_again_is_noted(maker):
    rule = DatedRule.objects.earliest("pk")
    services.confirm_dated_rule(maker.actor, rule=rule)
    assert DatedRule.objects.get(pk=rule.pk).checked_on == clock.today()


def test_page_and_api_show_a_day(client, maker, checker):
    coming = announced(maker, checker)
    page = client.get(reverse("dated_rule_list")).content.decode()
    assert "40%" in page
    assert "30%" in page
    assert client.get(reverse("dated_rule_list"), {"on": "someday"}).status_code == 200
    rows = client.get("/api/v1/rules/", {"on": "2026-01-01"}).json()
    row = next(row for row in rows if row["rule"] == MOST)
    assert (row["now"]["value"], row["next"]["value"]) == (4_000, 3_000)
    after = figures_on(coming.starts_on, DatedRule.objects.approved().order_by("starts_on"))
    assert next(one for one in after if one.row.kind == MOST).next is None


def test_admin_approves_and_says_why_not(maker, checker):
    rule = services.propose_dated_rule(maker.actor, fields=fields())
    address = reverse("admin:policies_datedrule_changelist")
    body = {"action": "approve", "_selected_action": [rule.pk]}
    checker.browser().post(address, body)
    assert DatedRule.objects.get(pk=rule.pk).status == "approved"
    again = checker.browser().post(address, body, follow=True).content.decode()
    verdict = rules.can_refuse_proposed(checker.actor, DatedRule.objects.get(pk=rule.pk))
    assert str(verdict.reason) in again
