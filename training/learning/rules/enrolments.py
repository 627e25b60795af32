"""Who enrols whom in what, and until when a seat is given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.growth.selectors import benefit_of
from portal.growth.states import ProviderBenefit
from portal.parties.models import Membership, Party, StaffMember
from portal.parties.rules import can_manage_party
from portal.parties.states import PartyKind, PartyStatus
from portal.seats import states as seat_states
from training.courses import rules as course_rules
from training.courses import states as course_states
from training.courses.models import Course, Session
from training.courses.states import CourseKind
from training.engine.validity import months_later
from training.learning.models import Enrolment
from training.learning.states import Outcome

RENEW_BEFORE = timedelta(days=60)  # a certificate is renewed from so long before its end
NOT_OPEN = _("Enrolling is not possible at the moment.")
NOT_YOURS = _("You do not speak for this party.")
NOBODY = _("Choose somebody of your party.")
OUT = frozenset({PartyStatus.SUSPENDED, PartyStatus.CLOSED, PartyStatus.REFUSED})


def can_bring_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the system writes down what was before."))


def can_enrol(session: Session, party: Party) -> Verdict:
    """Whether people of this party may take part; the seat and the hour are asked of besides."""
    if session.status not in course_states.AHEAD:
        return conflict(NOT_OPEN)
    course = session.course
    if party.is_sandbox:
        return unmet(_("A sandbox deals with itself only."))
    if party.kind not in course.audience:
        roles = ", ".join(str(PartyKind(kind).label) for kind in course.audience)
        return unmet(_("This course is for: %(roles)s.") % {"roles": roles})
    if course.kind == CourseKind.OPEN:
        if party.status in OUT:
            return conflict(_("This party is suspended or closed."))
    elif not party.is_trusted:
        return unmet(
            _("Live courses and those on site are for verified parties; open ones are not.")
        )
    return ALLOWED


def can_enrol_person(
    actor: Actor, party: Party, *, user_id: int | None, member: StaffMember | None
) -> Verdict:
    """Oneself, or as who manages the party one of its people; operators anybody."""
    is_operator = bool(course_rules.can_run_training(actor))
    if not is_operator and not actor.speaks_for(party.pk):
        return forbidden(NOT_YOURS)
    is_oneself = member is None and user_id is not None and user_id == actor.user_id
    if not is_operator and not is_oneself and not (verdict := can_manage_party(actor, party)):
        return verdict
    if member is not None:
        belongs = member.party_id == party.pk and member.left_at is None
    else:
        belongs = Membership.objects.filter(party=party, user=user_id).exists()
    return ALLOWED if belongs else unmet(NOBODY)


def prerequisites_are_met(missing: Sequence[Course]) -> Verdict:
    """`missing`: what the course asks for and the learner has not completed."""
    if not missing:
        return ALLOWED
    titles = "; ".join(course.title for course in missing)
    return unmet(_("First complete: %(courses)s.") % {"courses": titles})


def has_not_completed(course: Course, last: Enrolment | None, now: datetime) -> Verdict:
    """`last`: the newest completion of the course by the learner. What gives a certificate is
    repeated to renew it."""
    if last is None:
        return ALLOWED
    again = repeats_from(course, last)
    if again is None:
        return conflict(_("This course has been completed already."))
    if now < again:
        return conflict(
            _("This course has been completed already; it can be renewed from %(day)s on.")
            % {"day": f"{again:%Y-%m-%d}"}
        )
    return ALLOWED


def repeats_from(course: Course, last: Enrolment) -> datetime | None:
    """From when a completed course may be taken again; None: never."""
    if course.certificate_months is None or last.ended_at is None:
        return None
    return months_later(last.ended_at, course.certificate_months) - RENEW_BEFORE


def may_take_more(session: Session, party: Party, taken: int) -> Verdict:
    """`taken`: open claims of the party's other people. A provider's size and score bring it more
    seats than each party has."""
    if taken < session.most_per_party:
        return ALLOWED
    if taken >= session.most_per_party + benefit_of(party, ProviderBenefit.COURSE_SEATS):
        sentence = _("Your party has %(n)s seats in this session; there can be no more.")
        return conflict(sentence % {"n": taken})
    return ALLOWED


def can_act_on_enrolment(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Take up its seat or give it back: oneself, who manages the party, operators."""
    if course_rules.can_run_training(actor):
        return ALLOWED
    is_oneself = actor.user_id is not None and actor.user_id == enrolment.learner.user_id
    if is_oneself and (actor.party_id is None or actor.speaks_for(enrolment.party_id)):
        return ALLOWED
    if actor.speaks_for(enrolment.party_id):
        return can_manage_party(actor, enrolment.party)
    return forbidden(NOT_YOURS)


def can_withdraw_enrolment(actor: Actor, enrolment: Enrolment, now: datetime) -> Verdict:
    """A place in line or an offer at any time; a seat until its hour."""
    if not (verdict := can_act_on_enrolment(actor, enrolment)):
        return verdict
    if enrolment.outcome != Outcome.NONE:
        return conflict(_("This course has been finished."))
    if enrolment.claim.status not in seat_states.OPEN:
        return conflict(_("This enrolment has ended."))
    is_late = enrolment.has_seat and now >= enrolment.session.cancels_until
    if is_late and not course_rules.can_run_training(actor):
        return conflict(_("The time to give up the seat is over; write to the organiser."))
    return ALLOWED


def can_see_link(actor: Actor, session: Session, has_seat: bool) -> Verdict:
    """The live room is for who has a seat, who teaches and who runs it."""
    if has_seat or course_rules.can_teach(actor, session):
        return ALLOWED
    return forbidden(_("The link is shown to who has a seat."))
