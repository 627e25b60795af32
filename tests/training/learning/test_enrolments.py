"""Enrolling: an answer at once, with its reason; a freed seat for who is next."""

from datetime import timedelta

import pytest

from portal.core import clock, outbox
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Membership, Party, StaffMember
from portal.parties.states import PartyKind, PartyStatus, Role
from portal.seats.models import Pool
from portal.seats.selectors import differences
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.training.making import enrolled, open_session, planned_session, published_course
from training.courses import services as courses
from training.learning import selectors, services
from training.learning.merging import move_learners
from training.learning.models import Enrolment, Learner
from training.learning.rules import can_see_link

pytestmark = pytest.mark.django_db


def refused(call):
    before = Enrolment.objects.count(), list(Pool.objects.values_list("taken", "held"))
    with pytest.raises(Refused) as found:
        call()
    assert (Enrolment.objects.count(), list(Pool.objects.values_list("taken", "held"))) == before
    return found.value.verdict


def member_of(party: Party, name: str = "王运营") -> StaffMember:
    return StaffMember.objects.create(
        party=party, name=name, role="operator", joined_at=clock.now()
    )


def completed(actor, party, course) -> Enrolment:
    """At one's own pace, lesson by lesson."""
    session = open_session(course)
    made = enrolled(actor, session, party)
    for lesson in course.lessons.all():
        services.finish_lesson(actor, enrolment=made, lesson=lesson)
    made.refresh_from_db()
    assert made.outcome == "completed"
    return made


def test_person_enrols_and_is_told(provider):
    session = open_session()
    made = enrolled(provider.actor, session, provider.party)
    assert (made.status, made.learner.user_id) == ("confirmed", provider.user.pk)
    assert enrolled(provider.actor, session, provider.party).pk == made.pk
    again = refused(lambda: enrolled(provider.actor, session, provider.party, key="another"))
    assert again.status == 409
    outbox.dispatch()
    assert Notice.objects.filter(user=provider.user, event="course.confirmed").count() == 1


def test_member_enrols_themselves_and_the_owner_anybody_of_the_party(merchant, colleague):
    session = open_session(published_course(audience=("merchant",)))
    assert enrolled(colleague.actor, session, merchant.party).status == "confirmed"
    theirs = refused(
        lambda: enrolled(
            colleague.actor, session, merchant.party, key="k", user_id=merchant.user.pk
        )
    )
    assert theirs.status == 403
    member = member_of(merchant.party)
    made = enrolled(merchant.actor, session, merchant.party, key="m", member_id=member.pk)
    assert (made.learner.member_id, made.learner.name) == (member.pk, "王运营")
    people = selectors.people_of(merchant.party, session)
    assert [bool(one.enrolment) for one in people] == [False, True, True]
    outbox.dispatch()  # who has no account is told by who manages the party
    told = Notice.objects.filter(event="course.confirmed").values_list("user", flat=True)
    assert sorted(told) == sorted([merchant.user.pk, colleague.user.pk])


def test_nobody_enrols_for_others(provider, rival, stranger, operator):
    session = open_session()
    theirs = member_of(rival.party)
    for actor, changes, status in (
        (rival.actor, {}, 403),
        (stranger.actor, {}, 403),
        (provider.actor, {"user_id": rival.user.pk}, 422),
        (provider.actor, {"member_id": theirs.pk}, 422),
    ):
        verdict = refused(lambda a=actor, c=changes: enrolled(a, session, provider.party, **c))
        assert verdict.status == status
    made = enrolled(operator.actor, session, provider.party, user_id=provider.user.pk)
    assert made.enrolled_by == operator.user


def test_course_is_for_its_audience_and_its_hour(provider, creator):
    session = open_session(published_course(audience=("creator",)))
    assert refused(lambda: enrolled(provider.actor, session, provider.party)).status == 422
    planned = planned_session(published_course("planned"))
    assert refused(lambda: enrolled(creator.actor, planned, creator.party)).status == 409
    late = open_session(published_course("late"))
    with clock.standing_at(late.joins_until):
        assert refused(lambda: enrolled(creator.actor, late, creator.party)).status == 409


def test_open_courses_are_for_who_is_not_verified_yet(provider):
    live, own_pace = open_session(), open_session(published_course("own", kind="open"))
    provider.party.status = PartyStatus.SUBMITTED
    Party.objects.filter(pk=provider.party.pk).update(status=PartyStatus.SUBMITTED)
    assert refused(lambda: enrolled(provider.actor, live, provider.party)).status == 422
    assert enrolled(provider.actor, own_pace, provider.party).status == "confirmed"


def test_prerequisites_are_named(provider):
    first = published_course("first", kind="open", title_zh="先学这个", title_en="Learn this")
    session = open_session(published_course("second", needs=(first.pk,)))
    verdict = refused(lambda: enrolled(provider.actor, session, provider.party))
    assert verdict.status == 422
    assert first.title in str(verdict.reason)
    completed(provider.actor, provider.party, first)
    assert enrolled(provider.actor, session, provider.party).status == "confirmed"


def test_completed_course_is_not_repeated_but_renewed(provider):
    plain = published_course("plain", kind="open")
    renewed = published_course("renewed", kind="open", certificate_months=12)
    for course in (plain, renewed):
        completed(provider.actor, provider.party, course)
        again = open_session(course, joins_until=clock.now() + timedelta(days=1))
        verdict = refused(lambda s=again: enrolled(provider.actor, s, provider.party))
        assert verdict.status == 409
    with clock.standing_at(clock.now() + timedelta(days=330)):
        again = open_session(renewed)
        assert enrolled(provider.actor, again, provider.party).status == "confirmed"


def test_party_takes_its_quota_and_no_more(merchant, colleague):
    session = open_session(most_per_party=1)
    enrolled(merchant.actor, session, merchant.party)
    assert enrolled(merchant.actor, session, merchant.party).status == "confirmed"  # the same
    assert refused(lambda: enrolled(colleague.actor, session, merchant.party)).status == 409


def test_full_session_queues_and_a_freed_seat_is_offered_and_taken(provider, rival):
    session = open_session(seats=1)
    seat = enrolled(provider.actor, session, provider.party)
    mine = enrolled(rival.actor, session, rival.party)
    assert mine.status == "waiting"
    assert refused(lambda: services.withdraw_enrolment(rival.actor, enrolment=seat)).status == 403
    services.withdraw_enrolment(provider.actor, enrolment=seat)
    mine.claim.refresh_from_db()
    assert mine.status == "offered"
    outbox.dispatch()
    events = Notice.objects.filter(user=rival.user, event__startswith="course.").values_list(
        "event", flat=True
    )
    assert sorted(events) == ["course.offered", "course.waiting"]
    assert services.take_up_offer(rival.actor, enrolment=mine).status == "confirmed"
    assert not differences()


def test_seat_is_given_up_until_its_hour_and_a_place_in_line_always(provider, rival, operator):
    session = open_session(seats=1)
    seat = enrolled(provider.actor, session, provider.party)
    waits = enrolled(rival.actor, session, rival.party)
    with clock.standing_at(session.cancels_until):
        verdict = refused(lambda: services.withdraw_enrolment(provider.actor, enrolment=seat))
        assert verdict.status == 409
        services.withdraw_enrolment(rival.actor, enrolment=waits)
        services.withdraw_enrolment(operator.actor, enrolment=seat, why="病假")
    seat.claim.refresh_from_db()
    assert (seat.status, seat.claim.reason) == ("withdrawn", "病假")


def test_who_comes_late_joins_while_it_runs(provider):
    session = open_session()
    with clock.standing_at(session.starts_at + timedelta(minutes=10)):
        courses.sweep_sessions(SYSTEM)
        session.refresh_from_db()
        assert session.status == "running"
        assert enrolled(provider.actor, session, provider.party).status == "confirmed"


def test_enrolments_and_links_are_seen_by_whom_they_concern(merchant, colleague, rival, operator):
    session = open_session()
    made = enrolled(colleague.actor, session, merchant.party)
    for person, sees in ((merchant, 1), (colleague, 1), (rival, 0), (operator, 1)):
        assert Enrolment.objects.visible_to(person.actor).filter(pk=made.pk).count() == sees
    assert can_see_link(colleague.actor, session, has_seat=True)
    assert can_see_link(operator.actor, session, has_seat=False)
    assert can_see_link(rival.actor, session, has_seat=False).status == 403


def test_learner_of_two_merged_parties_is_one(merchant):
    survivor = merchant.party
    absorbed = factories.listed_party(PartyKind.MERCHANT, "谷雨粒二店")
    Membership.objects.create(
        user=merchant.user, party=absorbed, role=Role.MANAGER, created_at=clock.now()
    )
    other = person_of(absorbed, merchant.user, Role.MANAGER)
    enrolled(merchant.actor, open_session(), survivor)
    theirs = enrolled(other.actor, open_session(published_course("b")), absorbed)
    move_learners(survivor, absorbed)
    theirs.refresh_from_db()
    assert theirs.learner == Learner.objects.get()
