"""The rule book: never for the past, never the weight of what has begun."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.conduct import services
from portal.conduct.models import Rule
from portal.conduct.reference import load_rules
from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from tests.conftest import staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def risk(db):
    return staff_person("risk")


def changed(**values) -> Rule:
    rule = Rule.objects.get(code="brushing")
    for name, value in values.items():
        setattr(rule, name, value)
    return rule


def save(person, rule, *names):
    return services.save_rule(person.actor, rule=rule, changed=names)


def test_loading_twice_changes_nothing():
    before = list(Rule.objects.values())
    assert load_rules(SYSTEM) == 0
    assert list(Rule.objects.values()) == before
    assert {"fraud", "brushing", "unpaid-settlement"} == set(
        Rule.objects.exclude(gate="").values_list("code", flat=True)
    )


def test_words_and_the_last_day_may_change(risk):
    save(risk, changed(title_en="Faked orders"), "title_en")
    save(risk, changed(ends_on=clock.today() + DAY), "ends_on")
    assert Rule.objects.get(code="brushing").title_en == "Faked orders"
    assert AuditEntry.objects.filter(verb="save_reference").count() == 2


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"points": 1}, "points"),
        ({"gate": ""}, "gate"),
        ({"lapse_days": 9}, "lapse_days"),
        ({"ends_on": clock.today() - DAY}, "ends_on"),
    ],
)
def test_weight_of_what_has_begun_stays(risk, values, name):
    with pytest.raises(Refused):
        save(risk, changed(**values), name)
    assert not AuditEntry.objects.filter(verb="save_reference").exists()


def test_next_row_begins_when_the_last_one_ends(risk):
    save(risk, changed(ends_on=clock.today()), "ends_on")
    new = changed(pk=None, starts_on=clock.today() + DAY, ends_on=None, points=30)
    save(risk, new, "code", "starts_on", "points")
    assert [row.points for row in Rule.objects.filter(code="brushing").order_by("starts_on")] == [
        24,
        30,
    ]
    past = changed_from(new, starts_on=clock.today() - DAY, pk=None, code="new-rule")
    with pytest.raises(Refused):
        save(risk, past, "code", "starts_on")


def changed_from(rule: Rule, **values) -> Rule:
    copy = Rule(**{field.attname: getattr(rule, field.attname) for field in Rule._meta.fields})
    for name, value in values.items():
        setattr(copy, name, value)
    return copy


def test_only_those_who_handle_risk_edit_it(merchant, reviewer):
    for person in (merchant, reviewer):
        with pytest.raises(Refused) as caught:
            save(person, changed(title_en="x"), "title_en")
        assert caught.value.verdict.status == 403


def test_database_keeps_two_rows_of_a_rule_apart():
    copy = changed(pk=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_database_gives_gates_to_the_severe_only():
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.filter(code="slow-answer").update(gate="severe")


def test_admin_says_beside_the_form_what_is_refused(risk):
    rule = Rule.objects.get(code="brushing")
    url = f"/admin/conduct/rule/{rule.pk}/change/"
    data = {
        field.name: getattr(rule, field.name) or ""
        for field in Rule._meta.fields
        if field.name not in {"id", "ends_on"}
    }
    client = risk.browser()
    answer = client.post(url, data | {"points": "5"})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.non_field_errors()
    assert client.post(url, data | {"title_en": "Faked"}).status_code == 302
    assert Rule.objects.get(code="brushing").title_en == "Faked"
