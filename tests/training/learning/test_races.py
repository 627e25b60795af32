"""Sixteen at the same moment: one seat, one quota, one learner."""

import pytest

from portal.core import clock
from portal.core.verdict import Refused
from portal.parties.models import StaffMember
from portal.parties.states import PartyKind
from portal.seats.models import Claim, Pool
from portal.seats.selectors import differences
from tests import factories
from tests.conftest import person_of
from tests.training.making import enrolled, open_session, published_course
from training.learning import services
from training.learning.benefits import seats_of
from training.learning.models import Enrolment, Learner, LessonProgress

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 16


@pytest.fixture
def people():
    return [
        person_of(factories.listed_party(PartyKind.PROVIDER, f"云帆电商{n}"))
        for n in range(CLIENTS)
    ]


def test_sixteen_clients_on_one_seat(people):
    session = open_session(seats=1)
    answers = factories.at_once(
        *[lambda p=one: enrolled(p.actor, session, p.party) for one in people]
    )
    assert sorted(one.status for one in answers) == ["confirmed"] + ["waiting"] * (CLIENTS - 1)
    places = {one.claim.place for one in answers if one.status == "waiting"}
    assert len(places) == CLIENTS - 1
    assert Enrolment.objects.count() == Claim.objects.count() == CLIENTS
    assert not differences()


def test_one_person_that_presses_sixteen_times_is_enrolled_once(people):
    session, one = open_session(), people[0]
    answers = factories.at_once(*[lambda: enrolled(one.actor, session, one.party)] * CLIENTS)
    assert len({made.pk for made in answers}) == 1
    assert Learner.objects.count() == Pool.objects.get().taken == 1


def test_party_never_takes_more_than_its_quota(people):
    owner = people[0]
    session = open_session(seats=CLIENTS, most_per_party=3)
    most = seats_of(session, owner.party)  # its size and score may bring it more
    members = [
        StaffMember.objects.create(
            party=owner.party, name=f"同事{n}", role="operator", joined_at=clock.now()
        )
        for n in range(CLIENTS)
    ]
    answers = factories.at_once(
        *[
            lambda m=member: enrolled(
                owner.actor, session, owner.party, key=str(m.pk), member_id=m.pk
            )
            for member in members
        ]
    )
    assert sum(isinstance(one, Enrolment) for one in answers) == most < CLIENTS
    assert all(one.verdict.status == 409 for one in answers if isinstance(one, Refused))
    assert Pool.objects.get().taken == most
    assert not differences()


def test_course_is_completed_once_by_two_tabs(people):
    one = people[0]
    course = published_course("own", kind="open", lessons=2)
    made = enrolled(one.actor, open_session(course), one.party)
    first, second = course.lessons.order_by("position")
    factories.at_once(
        lambda: services.finish_lesson(one.actor, enrolment=made, lesson=first),
        lambda: services.finish_lesson(one.actor, enrolment=made, lesson=second),
        behind=Enrolment.objects.filter(pk=made.pk),
    )
    made.refresh_from_db()
    assert (made.outcome, LessonProgress.objects.count()) == ("completed", 2)
