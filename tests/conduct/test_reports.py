"""Reporting a party: who may, what a report must say, how several become one case."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from portal.conduct import services
from portal.conduct.models import Case, Report
from portal.conduct.rules.reports import MOST_OF_A_PERSON
from portal.core import clock
from portal.core.models import AuditEntry, StoredFile
from portal.core.verdict import Refused
from portal.core.workdays import add_working_days
from portal.parties import services as parties
from tests import factories
from tests.conduct.making import report_fields, reported
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def refused(call) -> Refused:
    """The refusal, and that nothing was written."""
    before = Report.objects.count(), Case.objects.count(), AuditEntry.objects.count()
    with pytest.raises(Refused) as caught:
        call()
    assert (Report.objects.count(), Case.objects.count(), AuditEntry.objects.count()) == before
    return caught.value


def test_report_opens_a_case_for_the_operators(merchant, provider):
    report = services.report_conduct(
        merchant.actor,
        party=provider.party,
        fields=report_fields(),
        evidence=[factories.picture("王五的截图.png")],
    )
    case = report.case
    assert (case.status, case.party, case.rule.code) == ("reported", provider.party, "brushing")
    assert case.due_on == add_working_days(clock.today(), 5)
    assert (case.notified_at, case.points, case.opened_by) == (None, None, None)
    file = report.evidence.get()
    assert (file.name, file.party_id) == ("evidence-1.jpg", None), "a name may tell whose it is"


def test_trail_of_the_case_does_not_hold_who_reported(merchant, provider):
    report = reported(merchant.actor, provider.party)
    entry = AuditEntry.objects.get(verb="report_conduct")
    assert (entry.object_type, entry.object_id) == ("conduct.report", str(report.pk))
    assert not AuditEntry.objects.filter(object_type="conduct.case").exists()


def test_reports_of_the_same_thing_become_one_case(merchant, rival, provider, stranger):
    first, second = reported(merchant.actor, provider.party), reported(rival.actor, provider.party)
    assert first.case == second.case
    assert reported(merchant.actor, provider.party, "fraud").case != first.case
    assert reported(stranger.actor, provider.party).case == first.case


def test_same_person_reports_a_thing_once(merchant, provider):
    reported(merchant.actor, provider.party)
    refusal = refused(lambda: reported(merchant.actor, provider.party))
    assert refusal.verdict.status == 409


def test_report_after_the_decision_opens_another_case(merchant, rival, provider, operator):
    first = reported(merchant.actor, provider.party).case
    services.dismiss_case(operator.actor, case=first, reason="没有证据。")
    assert reported(rival.actor, provider.party).case != first


def test_nobody_reports_their_own_party_or_without_signing_in(provider):
    assert refused(lambda: reported(provider.actor, provider.party)).verdict.status == 403
    assert refused(lambda: reported(SYSTEM, provider.party)).verdict.status == 403


def test_unverified_party_cannot_be_reported(merchant):
    draft = factories.draft_party("provider", "新来的")
    assert refused(lambda: reported(merchant.actor, draft)).verdict.status == 409


def test_suspended_party_can_be_reported(merchant, provider):
    parties.suspend_party(SYSTEM, party=provider.party, reason="投诉")
    provider.party.refresh_from_db()
    assert reported(merchant.actor, provider.party).case.status == "reported"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"happened_on": clock.today() + timedelta(days=1)}, "happened_on"),
        ({"happened_on": clock.today() - timedelta(days=900)}, "happened_on"),
        ({"rule": "no-such-rule"}, "rule"),
        ({"rule": "poaching"}, "rule"),  # not for merchants
        ({"place": ("cooperation", "1")}, "place"),
        ({"place": ("moon", "1")}, "place"),
    ],
)
def test_unsound_report_is_refused_beside_its_field(merchant, provider, changes, field):
    fields = report_fields(**changes)
    refusal = refused(
        lambda: services.report_conduct(provider.actor, party=merchant.party, fields=fields)
    )
    assert refusal.verdict.status == 422
    assert [flaw.field for flaw in refusal.verdict.flaws] == [field]


def test_day_has_a_ration(merchant, provider):
    rules = ("brushing", "fraud", "bribery", "hidden-fee", "rudeness", "no-delivery")
    for rule in rules[:MOST_OF_A_PERSON]:
        reported(merchant.actor, provider.party, rule)
    refusal = refused(lambda: reported(merchant.actor, provider.party, rules[-1]))
    assert refusal.verdict.status == 409
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        reported(merchant.actor, provider.party, rules[-1])


def test_operator_opens_a_case_without_a_report(operator, provider):
    case = services.open_case(
        operator.actor,
        party=provider.party,
        fields=report_fields(text="巡检发现刷单。"),
        evidence=[factories.picture()],
    )
    assert (case.status, case.opened_by, case.charge) == (
        "reported",
        operator.user,
        "巡检发现刷单。",
    )
    assert case.evidence.count() == 1
    again = refused(
        lambda: services.open_case(operator.actor, party=provider.party, fields=report_fields())
    )
    assert again.verdict.status == 409
    assert case.number in str(again.verdict.reason)


def test_only_those_who_handle_conduct_open_cases(merchant, provider):
    call = partial(services.open_case, merchant.actor, party=provider.party, fields=report_fields())
    assert refused(call).verdict.status == 403


def test_rule_is_the_one_in_force_when_it_happened(merchant, provider, operator):
    from portal.conduct.models import Rule

    old = Rule.objects.get(code="brushing")
    Rule.objects.filter(pk=old.pk).update(ends_on=clock.today() - timedelta(days=10))
    new = Rule.objects.get(pk=old.pk)
    new.pk, new.starts_on, new.ends_on = None, clock.today() - timedelta(days=9), None
    new.points = 30
    new.save()
    early = reported(merchant.actor, provider.party, happened_on=clock.today() - timedelta(days=20))
    late = reported(merchant.actor, provider.party)
    assert (early.case.rule, late.case.rule) == (old, new)


def test_evidence_of_a_refused_report_is_not_kept(merchant, provider):
    fields = report_fields(text="")
    refused(
        lambda: services.report_conduct(
            merchant.actor, party=provider.party, fields=fields, evidence=[factories.picture()]
        )
    )
    assert not StoredFile.objects.filter(purpose="conduct-report").exists()
