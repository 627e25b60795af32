"""A second appeal in one period takes other data than the answer to the first; public counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from portal.core import clock
from portal.core.actor import OPERATOR, Actor
from portal.core.verdict import Refused
from portal.evaluation import selectors, services
from portal.evaluation.fields import AppealFields, Correction
from portal.evaluation.models import Appeal
from portal.evaluation.states import AppealOutcome, Grade, SnapshotKind
from portal.parties.models import User
from portal.parties.staff import grant_staff
from tests import factories as people
from tests.conftest import Person, staff_person
from tests.factories import SYSTEM

from . import factories

pytestmark = pytest.mark.django_db
ENDS = date(2026, 10, 31)
FIELDS = AppealFields(text="2 人是内部转岗，不是离职。")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def first(db) -> Person:
    return staff_person("evaluation")


@pytest.fixture
def second(db) -> Person:
    user = people.user("second@example.com", "林可")
    grant_staff(SYSTEM, person=user, groups=[Group.objects.get(name="evaluation")])
    user = User.objects.get(pk=user.pk)
    return Person(user, None, Actor(user=user, party=None, role=OPERATOR, via="web"))


@pytest.fixture
def method(db):
    return factories.method()


@pytest.fixture
def fact(provider):
    return new_fact(provider, "1")


@pytest.fixture
def rating(provider, method, fact):
    made = factories.snapshot(
        method, {provider.party: factories.AVERAGE}, kind=SnapshotKind.PREVIEW, ends_on=ENDS
    )
    return made.ratings.select_related("snapshot__method", "party").get()


def new_fact(person, ref, *, measure="staff_retention", grade=Grade.PLATFORM):
    return services.record_fact(
        SYSTEM,
        party=person.party,
        measure=measure,
        value=78.0,
        sample=41,
        starts_on=ENDS - timedelta(days=30),
        ends_on=ENDS,
        grade=grade,
        ref_kind="test",
        ref_id=ref,
    )


def file_one(person, rating, indicator="T3"):
    return services.file_rating_appeal(
        person.actor, rating=rating, indicator=indicator, fields=FIELDS
    )


def answered(appeal, first, second, outcome=AppealOutcome.KEEP, correction=None):
    appeal = services.examine_rating_appeal(
        first.actor, appeal=appeal, finding="名册显示转岗。", proposed=outcome
    )
    return services.decide_rating_appeal(
        second.actor, appeal=appeal, outcome=outcome, sentence="见名册。", correction=correction
    )


def made_again(rating, values=factories.AVERAGE):
    made = factories.snapshot(
        rating.snapshot.method,
        {rating.party: values},
        kind=SnapshotKind.PREVIEW,
        ends_on=ENDS,
        replaces=rating.snapshot,
    )
    return made.ratings.select_related("snapshot__method", "party").get()


def refused(person, rating, words):
    before = Appeal.objects.count()
    with pytest.raises(Refused, match=words):
        file_one(person, rating)
    assert Appeal.objects.count() == before


def test_answer_to_the_first_appeal_opens_no_second_one(provider, rating, fact, first, second):
    corrected = Correction(fact.pk, 83.0)
    answered(file_one(provider, rating), first, second, AppealOutcome.DATA, corrected)
    again = made_again(rating, factories.AVERAGE | {"T3": (83.0, 41)})
    refused(provider, again, "contested and answered in this period")
    file_one(provider, again, "T1")  # another number is another matter


def test_other_rows_behind_the_number_open_it_again(provider, rating, first, second):
    answered(file_one(provider, rating), first, second)
    new_fact(provider, "2", measure="staff_certified")
    new_fact(provider, "3", grade=Grade.SELF_REPORTED)
    refused(provider, made_again(rating), "other rows behind it have changed")
    new_fact(provider, "4")
    newer = Appeal.objects.get().rating.snapshot.replacement.ratings.select_related(
        "snapshot__method", "party"
    )
    file_one(provider, made_again(newer.get()))


def test_correction_by_somebody_else_opens_it_again(provider, rating, fact, first, second):
    answered(file_one(provider, rating), first, second)
    services.correct_fact(first.actor, fact=fact, value=70.0, why="重新核对")
    file_one(provider, made_again(rating))


def test_appeal_that_is_being_answered_bars_a_second_one(provider, rating):
    file_one(provider, rating)
    new_fact(provider, "2")
    refused(provider, made_again(rating), "being answered still")


def test_withdrawn_appeal_bars_nothing(provider, rating):
    services.withdraw_rating_appeal(provider.actor, appeal=file_one(provider, rating))
    file_one(provider, made_again(rating))


# --- public counts -----------------------------------------------------------------------------


@pytest.fixture
def contested(provider, rating, first, second):
    """One upheld after 3 days, one refused after 5, one open, one withdrawn."""
    upheld, kept = file_one(provider, rating), file_one(provider, rating, "T1")
    file_one(provider, rating, "H1")
    services.withdraw_rating_appeal(provider.actor, appeal=file_one(provider, rating, "G4"))
    now = clock.now()
    with clock.standing_at(now + timedelta(days=3)):
        answered(upheld, first, second, AppealOutcome.DATA)
    with clock.standing_at(now + timedelta(days=5)):
        answered(kept, first, second)
    return rating


def test_counts_of_each_indicator_and_of_all(contested, method):
    whole = selectors.appeal_counts("provider")
    assert (whole.filed, whole.running, whole.data, whole.kept, whole.rule) == (3, 1, 1, 1, 0)
    assert whole.days == pytest.approx(4, abs=0.01)
    lines = {one.code: one.counts for one in selectors.appeals_by_indicator(method)}
    assert [*lines] == ["T1", "T3", "H1"], "in the method's order, withdrawn ones left out"
    assert lines["T3"].days == pytest.approx(3, abs=0.01)
    assert lines["H1"].days is None


def test_method_page_counts_appeals_and_names_nobody(contested, visitor, provider):
    visitor.cookies["django_language"] = "en"
    page = visitor.get("/method/").content.decode()
    assert "Median days to the answer" in page
    section = page[
        page.index('aria-labelledby="appeals"') : page.index('aria-labelledby="history"')
    ]
    assert section.count("<tr>") == 4
    assert provider.party.name not in section


def test_method_page_without_appeals_says_how(method, visitor):
    visitor.cookies["django_language"] = "en"
    assert "Nobody has appealed yet" in visitor.get("/method/").content.decode()


def test_counts_for_machines(contested, method, visitor):
    body = visitor.get(f"/api/v1/methods/{method.pk}/appeals/").json()
    expected = {"filed": 3, "running": 1, "kept": 1, "corrected": 1, "rule": 0}
    assert {key: body["counts"][key] for key in expected} == expected
    assert [one["code"] for one in body["indicators"]] == ["T1", "T3", "H1"]
