"""Facts: appended by one service, each row once, corrected only by a row that says why."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Kind, Refused
from portal.evaluation.fields import FactFields
from portal.evaluation.models import Fact
from portal.evaluation.services import correct_fact, record_fact, record_facts
from portal.evaluation.states import Door, Grade
from tests.factories import SYSTEM, at_once

pytestmark = pytest.mark.django_db
TODAY = clock.today()
LONG_AGO = TODAY - timedelta(days=8_000)


def fields(provider: Any, merchant: Any, ref: object = 1, **changes: Any) -> FactFields:
    given: dict[str, Any] = {
        "party_id": provider.party.pk,
        "measure": "satisfaction",
        "value": 4.5,
        "starts_on": TODAY - timedelta(days=30),
        "ends_on": TODAY,
        "grade": Grade.CONFIRMED,
        "ref_kind": "cooperation.review",
        "ref_id": str(ref),
        "counterpart_id": merchant.party.pk,
    }
    return FactFields(**(given | changes))


def fact(provider: Any, merchant: Any, **changes: Any) -> Fact:
    row = fields(provider, merchant, **changes)
    record_facts(SYSTEM, facts=[row])
    return Fact.objects.latest("pk")


def test_record_fact_keeps_its_row_and_where_it_came_from(provider, merchant):
    made = record_fact(
        SYSTEM,
        party=provider.party,
        measure="satisfaction",
        value=5,
        counterpart=merchant.party,
        starts_on=TODAY,
        ends_on=TODAY,
        grade=Grade.CONFIRMED,
        ref_kind="cooperation.review",
        ref_id=7,
        detail={"note": "3\t第一"},
    )
    made = Fact.objects.get(pk=made.pk)
    assert (made.value, made.ref_id, made.door) == (5.0, "7", Door.PORTAL)
    assert made.detail == {"note": "3\t第一"}
    assert AuditEntry.objects.filter(verb="record_facts", object_id=str(made.pk)).count() == 1


def test_record_facts_again_in_the_same_words_writes_nothing(provider, merchant):
    rows = [fields(provider, merchant, ref) for ref in (1, 2, 3)]
    assert record_facts(SYSTEM, facts=rows[:2]) == 2
    audited = AuditEntry.objects.count()
    assert record_facts(SYSTEM, facts=rows[:2]) == 0
    assert AuditEntry.objects.count() == audited
    assert record_facts(SYSTEM, facts=rows) == 1
    assert Fact.objects.count() == 3


def test_record_facts_of_a_corrected_row_again_writes_nothing(provider, merchant):
    row = fact(provider, merchant)
    correct_fact(SYSTEM, fact=row, value=4, why="typed wrongly")
    assert record_facts(SYSTEM, facts=[fields(provider, merchant)]) == 0
    assert Fact.objects.in_force().get().value == 4


def test_record_facts_in_other_words_is_refused_whole(provider, merchant):
    fact(provider, merchant)
    with pytest.raises(Refused) as refused:
        record_facts(
            SYSTEM,
            facts=[fields(provider, merchant, 2), fields(provider, merchant, 1, value=1.0)],
        )
    assert refused.value.verdict.kind is Kind.CONFLICT
    assert "cooperation.review 1" in str(refused.value)
    assert Fact.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"measure": "beauty"}, "measure"),
        ({"value": 6}, "value"),
        ({"value": float("nan")}, "value"),
        ({"sample": 0}, "sample"),
        ({"ends_on": TODAY + timedelta(days=1)}, "ends_on"),
        ({"ends_on": TODAY - timedelta(days=60)}, "ends_on"),
        ({"starts_on": LONG_AGO, "ends_on": LONG_AGO}, "ends_on"),
        ({"grade": 9}, "grade"),
        ({"strike": "no_rule"}, "strike"),
        ({"ref_kind": " "}, "ref_kind"),
        ({"ref_id": "1\x00"}, "ref_id"),
        ({"ref_id": "1" * 81}, "ref_id"),
        ({"counterpart_id": None}, "counterpart"),
        ({"counterpart_id": 2**40}, "counterpart"),
        ({"party_id": 2**40}, "party"),
        ({"service_id": 2**20}, "service"),
        ({"measure": "roles_filled", "service_id": 1}, "service"),
        ({"detail": {"note": "x" * 3_000}}, "detail"),
    ],
)
def test_record_facts_with_a_flaw_writes_nothing(provider, merchant, changes, field):
    with pytest.raises(Refused) as refused:
        record_facts(SYSTEM, facts=[fields(provider, merchant, **changes)])
    assert field in {flaw.field for flaw in refused.value.verdict.flaws}
    assert Fact.objects.count() == 0


def test_record_facts_of_a_party_that_is_not_measured_by_it_is_refused(provider, merchant):
    with pytest.raises(Refused):
        record_facts(SYSTEM, facts=[fields(merchant, provider)])
    with pytest.raises(Refused):
        record_facts(SYSTEM, facts=[fields(provider, provider)])
    assert Fact.objects.count() == 0


def test_record_facts_twice_in_one_call_is_refused(provider, merchant):
    with pytest.raises(Refused):
        record_facts(SYSTEM, facts=[fields(provider, merchant)] * 2)
    assert Fact.objects.count() == 0


def test_record_facts_by_a_person_needs_the_right_and_another_door(provider, merchant, operator):
    rows = [fields(provider, merchant)]
    for person, door in (
        (merchant, Door.API),
        (provider, Door.FILE),
        (operator, Door.PORTAL),
        (operator, Door.DEMO),
    ):
        with pytest.raises(Refused) as refused:
            record_facts(person.actor, facts=rows, door=door)
        assert refused.value.verdict.kind is Kind.FORBIDDEN
    assert Fact.objects.count() == 0
    assert record_facts(operator.actor, facts=rows, door=Door.FILE) == 1
    assert Fact.objects.get().recorded_by == operator.user


def test_correct_fact_appends_a_chain(provider, merchant, operator):
    first = fact(provider, merchant)
    second = correct_fact(operator.actor, fact=first, value=3, why="the file said 4.5 by mistake")
    third = correct_fact(operator.actor, fact=second, is_void=True, why="the review was forged")
    assert list(Fact.objects.in_force()) == []
    assert [row.pk for row in Fact.objects.order_by("pk")] == [first.pk, second.pk, third.pk]
    assert (second.value, third.value, third.is_void) == (3.0, 3.0, True)
    assert AuditEntry.objects.get(object_id=str(second.pk)).why == "the file said 4.5 by mistake"


@pytest.mark.parametrize(
    "said",
    [
        {"value": 4.5, "why": "no change"},
        {"value": 9, "why": "out of range"},
        {"value": 3, "why": " "},
        {"value": 3, "why": "x" * 301},
        {"why": "neither"},
        {"value": 3, "is_void": True, "why": "both"},
    ],
)
def test_correct_fact_with_a_flaw_changes_nothing(provider, merchant, said):
    row = fact(provider, merchant)
    with pytest.raises(Refused):
        correct_fact(SYSTEM, fact=row, **said)
    assert Fact.objects.get() == row


def test_correct_fact_needs_the_right_and_the_newest_row(provider, merchant, operator):
    row = fact(provider, merchant)
    with pytest.raises(Refused) as refused:
        correct_fact(provider.actor, fact=row, value=5, why="we deserve more")
    assert refused.value.verdict.kind is Kind.FORBIDDEN
    correct_fact(operator.actor, fact=row, value=3, why="right")
    with pytest.raises(Refused) as refused:
        correct_fact(operator.actor, fact=row, value=2, why="again")
    assert refused.value.verdict.kind is Kind.CONFLICT
    assert Fact.objects.count() == 2


def test_facts_are_never_changed(provider, merchant):
    row = fact(provider, merchant)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Fact.objects.filter(pk=row.pk).update(value=5)
    with pytest.raises(ProgrammingError), transaction.atomic():
        row.delete()


def test_record_facts_asks_the_database_as_often_for_one_as_for_thirty(provider, merchant):
    with CaptureQueriesContext(
        connection,
    ) as one:
        record_facts(SYSTEM, facts=[fields(provider, merchant, 0)])
    with CaptureQueriesContext(connection) as thirty:
        record_facts(SYSTEM, facts=[fields(provider, merchant, ref) for ref in range(1, 31)])
    assert len(one) == len(thirty)


@pytest.mark.django_db(transaction=True)
def test_record_facts_of_the_same_row_at_the_same_moment(provider, merchant):
    row = fields(provider, merchant)
    answers = at_once(*[lambda: record_facts(SYSTEM, facts=[row])] * 2)
    assert sorted(answers) == [0, 1]
    assert Fact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_correct_fact_by_two_at_the_same_moment(provider, merchant):
    row = fact(provider, merchant)
    answers = at_once(
        lambda: correct_fact(SYSTEM, fact=row, value=3, why="one"),
        lambda: correct_fact(SYSTEM, fact=row, value=2, why="other"),
    )
    assert sorted(type(answer) is Refused for answer in answers) == [False, True]
    assert Fact.objects.in_force().count() == 1
