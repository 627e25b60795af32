"""Appeals against ratings: filing, two people, corrected rows, the clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import translation

from portal.core import clock
from portal.core.actor import OPERATOR, Actor
from portal.core.verdict import Refused
from portal.core.workdays import add_working_days
from portal.evaluation import selectors, services
from portal.evaluation.fields import AppealFields, Correction
from portal.evaluation.models import Appeal, Fact
from portal.evaluation.states import AppealOutcome, AppealStatus, Grade, SnapshotKind
from portal.notices.models import Notice
from portal.parties.models import User
from portal.parties.staff import grant_staff
from tests import factories as people
from tests.conftest import Person, staff_person
from tests.factories import SYSTEM, picture

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


FIELDS = AppealFields(text="2 人是内部转岗，不是离职。")
ENDS = date(2026, 10, 31)


@pytest.fixture
def rating(provider):
    peers, method = factories.group(8), factories.method()
    values = dict(zip(peers, factories.peers_values(8), strict=True))
    made = factories.snapshot(
        method,
        values | {provider.party: factories.AVERAGE},
        kind=SnapshotKind.PREVIEW,
        ends_on=ENDS,
    )
    return made.ratings.select_related("snapshot", "party").get(party=provider.party)


@pytest.fixture
def second(db) -> Person:
    """Of the evaluation, too: corrected data are rows, and only they bring in rows."""
    user = people.user("second@example.com", "林可")
    evaluation = Group.objects.get(name="evaluation")
    grant_staff(SYSTEM, person=user, groups=[evaluation])
    user = User.objects.get(pk=user.pk)
    return Person(user, None, Actor(user=user, party=None, role=OPERATOR, via="web"))


@pytest.fixture
def first(db) -> Person:
    return staff_person("evaluation")


@pytest.fixture
def fact(provider):
    return services.record_fact(
        SYSTEM,
        party=provider.party,
        measure="staff_retention",
        value=78.0,
        sample=41,
        starts_on=ENDS - timedelta(days=30),
        ends_on=ENDS,
        grade=Grade.PLATFORM,
        ref_kind="test",
        ref_id="1",
    )


def file_one(person, rating, indicator="T3", fields=FIELDS):
    return services.file_rating_appeal(
        person.actor, rating=rating, indicator=indicator, fields=fields
    )


def examined(person, appeal, proposed=AppealOutcome.DATA):
    return services.examine_rating_appeal(
        person.actor, appeal=appeal, finding="名册显示转岗。", proposed=proposed
    )


def test_appeal_is_due_in_seven_working_days(rating, provider):
    appeal = file_one(provider, rating, fields=AppealFields("错了", [picture()]))
    assert appeal.due_on == add_working_days(clock.today(), 7)
    assert appeal.value == 76.0
    assert appeal.evidence.count() == 1
    assert Notice.objects.filter(event="rating_appeal.filed").exists()


def test_appeal_is_filed_once_an_indicator(rating, provider):
    file_one(provider, rating)
    with pytest.raises(Refused, match="already"):
        file_one(provider, rating)
    file_one(provider, rating, "T1")
    assert Appeal.objects.count() == 2


def test_appeal_is_the_partys_own_business(rating, rival, stranger):
    for person in (rival, stranger):
        with pytest.raises(Refused):
            file_one(person, rating)
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(("days", "is_open"), [(10, True), (11, False)])
def test_appeals_are_taken_for_ten_working_days(rating, provider, days, is_open):
    published = clock.day_of(rating.snapshot.published_at)
    day = add_working_days(published, days)
    moment = rating.snapshot.published_at + (day - published)
    with clock.standing_at(moment):
        if is_open:
            file_one(provider, rating)
        else:
            with pytest.raises(Refused, match="10 working days"):
                file_one(provider, rating)


def test_appeal_against_an_official_number_is_refused(provider):
    made = factories.snapshot(factories.method(), {provider.party: factories.AVERAGE})
    with pytest.raises(Refused, match="preview"):
        file_one(provider, made.ratings.get())


def test_appeal_against_an_unknown_indicator_is_refused(rating, provider):
    with pytest.raises(Refused):
        file_one(provider, rating, "X9")


def test_second_person_decides(rating, provider, first, second):
    appeal = examined(first, file_one(provider, rating))
    with pytest.raises(Refused, match="second person"):
        services.decide_rating_appeal(
            first.actor, appeal=appeal, outcome=AppealOutcome.KEEP, sentence="维持"
        )
    decided = services.decide_rating_appeal(
        second.actor, appeal=appeal, outcome=AppealOutcome.KEEP, sentence="名册与数字一致。"
    )
    assert decided.status == AppealStatus.DECIDED
    assert Notice.objects.filter(event="rating_appeal.decided").exists()
    counts = selectors.appeal_counts("provider")
    assert (counts.filed, counts.running, counts.kept) == (1, 0, 1)


def test_nobody_decides_what_nobody_examined(rating, provider, second):
    with pytest.raises(Refused, match="examines it first"):
        services.decide_rating_appeal(
            second.actor,
            appeal=file_one(provider, rating),
            outcome=AppealOutcome.KEEP,
            sentence="维持",
        )


def test_members_and_outsiders_do_not_decide(rating, provider, merchant):
    appeal = file_one(provider, rating)
    for person in (provider, merchant):
        with pytest.raises(Refused):
            examined(person, appeal)
    appeal.refresh_from_db()
    assert appeal.status == AppealStatus.FILED


def test_database_refuses_one_person_in_both_parts(rating, provider, first):
    appeal = examined(first, file_one(provider, rating))
    one_person = {"status": "decided", "decider": first.user, "decided_at": clock.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(sentence="x", outcome="keep", **one_person)


def test_corrected_data_append_a_row_and_show_the_difference(rating, provider, first, second, fact):
    appeal = examined(first, file_one(provider, rating))
    decided = services.decide_rating_appeal(
        second.actor,
        appeal=appeal,
        outcome=AppealOutcome.DATA,
        sentence="两人转岗，留存率按 83% 计。",
        correction=Correction(fact.pk, 83.0),
    )
    assert decided.correction.corrects == fact
    assert selectors.difference_of(decided) is None  # the preview is not made again yet
    better = factories.AVERAGE | {"T3": (83.0, 41)}
    values = dict(zip(factories.group(8), factories.peers_values(8), strict=True))
    factories.snapshot(
        rating.snapshot.method,
        values | {provider.party: better},
        kind=SnapshotKind.PREVIEW,
        ends_on=ENDS,
        replaces=rating.snapshot,
    )
    difference = selectors.difference_of(decided)
    assert difference.gain > 0
    assert difference.scaled > difference.scaled_before


def test_correction_of_anothers_row_is_refused(rating, provider, rival, first, second):
    other = services.record_fact(
        SYSTEM,
        party=rival.party,
        measure="staff_retention",
        value=50.0,
        starts_on=ENDS,
        ends_on=ENDS,
        grade=Grade.PLATFORM,
        ref_kind="test",
        ref_id="2",
    )
    appeal = examined(first, file_one(provider, rating))
    with pytest.raises(Refused):
        services.decide_rating_appeal(
            second.actor,
            appeal=appeal,
            outcome=AppealOutcome.DATA,
            sentence="改",
            correction=Correction(other.pk, 60.0),
        )
    assert Fact.objects.count() == 1
    appeal.refresh_from_db()
    assert appeal.status == AppealStatus.EXAMINED


def test_withdrawn_appeal_may_be_filed_again(rating, provider, first):
    appeal = examined(first, file_one(provider, rating))
    services.withdraw_rating_appeal(provider.actor, appeal=appeal)
    assert file_one(provider, rating).status == AppealStatus.FILED
    assert selectors.appeal_counts("provider").filed == 1


def test_overdue_appeals_are_told_once(rating, provider, second):
    appeal = file_one(provider, rating)
    assert services.remind_of_appeals(SYSTEM) == 0
    with clock.standing_at(clock.now() + (appeal.due_on - clock.today()) + timedelta(days=1)):
        assert services.remind_of_appeals(SYSTEM) == 1
        assert services.remind_of_appeals(SYSTEM) == 0
    assert Notice.objects.filter(event="rating_appeal.late", user=second.user).count() == 1


def test_appeal_is_answered_by_two_people_over_the_api(rating, provider, first, second, fact):
    appeal = file_one(provider, rating)
    path = f"/api/v1/filed-appeals/{appeal.pk}/"
    clients = first.browser(), second.browser()
    assert clients[0].get("/api/v1/filed-appeals/?status=filed").json()["results"][0]["id"]
    found = {"finding": "名册显示转岗。", "proposed": "data"}
    answer = {
        "outcome": "data",
        "sentence": "已更正。",
        "correction": {"fact": fact.pk, "value": 80},
    }

    def post(client, what, body):
        return client.post(f"{path}{what}/", body, content_type="application/json")

    assert post(clients[1], "decision", answer).status_code == 409
    assert post(clients[0], "finding", found).json()["finding"] == found["finding"]
    assert post(clients[0], "decision", answer).status_code == 403
    assert Fact.objects.filter(corrects=fact).count() == 0
    done = post(clients[1], "decision", answer).json()
    assert (done["status"], done["outcome"]) == ("decided", "data")
    assert Fact.objects.get(corrects=fact).value == 80
    assert provider.browser().get(path).status_code == 403
