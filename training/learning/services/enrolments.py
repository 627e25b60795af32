"""Enrolling: every rule first, the hot row of the pool last. See `portal.seats.services`."""

from __future__ import annotations

import uuid

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, unmet
from portal.parties.models import Party, StaffMember, User
from portal.seats import services as seats
from portal.seats.rules import can_claim
from training.courses.models import Session
from training.learning import rules, selectors
from training.learning.fields import EnrolFields
from training.learning.models import Enrolment, Learner
from training.learning.rules.enrolments import NOBODY


def enrol(actor: Actor, *, session: Session, party: Party, fields: EnrolFields) -> Enrolment:
    """A seat, a place in line, or the reason why not: at once. The same `key` again finds what it
    made."""
    return seats.settled(
        lambda: _enrol(actor, session, party, fields),
        lambda error: Enrolment.objects.whole().get(
            pk=seats.claimed_before(
                error,
                session.occasion,
                party=party,
                key=fields.key,
                subject=_known_learner(actor, party, fields).subject,
            ).pk
        ),
    )


def _enrol(actor: Actor, session: Session, party: Party, fields: EnrolFields) -> Enrolment:
    session = Session.objects.whole().get(pk=session.pk)
    session.pool.occasion = session.occasion
    user_id, member = _who(actor, party, fields)
    rules.can_enrol_person(actor, party, user_id=user_id, member=member).require()
    rules.can_enrol(session, party).require()
    now = clock.now()
    can_claim(session.occasion, now).require()
    # Two colleagues of one party count its seats one after the other.
    Party.objects.select_for_update(no_key=True).values_list("pk").get(pk=party.pk)
    learner = _learner(party, user_id, member)
    missing = selectors.missing_prerequisites(session.course, learner)
    rules.prerequisites_are_met(missing).require()
    last = selectors.last_completions(learner, [session.course_id]).get(session.course_id)
    rules.has_not_completed(session.course, last, now).require()
    taken = selectors.taken_by(session, party, learner)
    rules.may_take_more(session, party, taken).require()
    made = Enrolment(
        claim_id=uuid.uuid4(),
        session=session,
        learner=learner,
        party=party,
        enrolled_by=actor.user,
    )
    after = {"session": session.pk, "learner": learner.pk}
    entry = audit.entry(actor, "enrol", made, at=now, after=after)
    audit.tell(actor, "enrol", made)
    made.claim = seats.put_claim(
        actor,
        pool=session.pool,
        party=party,
        subject=learner.subject,
        key=fields.key,
        claim_id=made.claim_id,
        besides=(made, entry),
    )
    return made


@transaction.atomic
def take_up_offer(actor: Actor, *, enrolment: Enrolment) -> Enrolment:
    """Yes to the seat that was offered."""
    rules.can_act_on_enrolment(actor, enrolment).require()
    enrolment.claim = seats.take_up_seat(actor, claim=enrolment.claim)
    audit.record(actor, "take_up_course_offer", enrolment)
    return enrolment


@transaction.atomic
def withdraw_enrolment(actor: Actor, *, enrolment: Enrolment, why: str = "") -> Enrolment:
    """The seat, the offer or the place in line goes to who is next."""
    enrolment = lock_enrolment(enrolment)
    rules.can_withdraw_enrolment(actor, enrolment, clock.now()).require()
    enrolment.claim = seats.withdraw_claim(actor, claim=enrolment.claim, why=why)
    audit.record(actor, "withdraw_enrolment", enrolment, why=why)
    return enrolment


@transaction.atomic
def learner_for(
    actor: Actor, *, party: Party, user: User | None = None, member: StaffMember | None = None
) -> Learner:
    """Who somebody is as a learner of the party; for history that is brought in."""
    rules.can_bring_in_bulk(actor).require()
    return _learner(party, user.pk if user else None, member)


# --- shared ---------------------------------------------------------------------------------------


def lock_enrolment(enrolment: Enrolment) -> Enrolment:
    """The enrolment's own row; its claim as it was read."""
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    return rows.whole().get(pk=enrolment.pk)


def _who(actor: Actor, party: Party, fields: EnrolFields) -> tuple[int | None, StaffMember | None]:
    if fields.member_id is not None:
        member = StaffMember.objects.filter(pk=fields.member_id, party=party).first()
        if member is None:
            raise Refused(unmet(NOBODY))
        return None, member
    return fields.user_id or actor.user_id, None


def _learner(party: Party, user_id: int | None, member: StaffMember | None) -> Learner:
    """The one there is, or a new one; within the lock on the party."""
    if member is not None:
        known = Learner.objects.filter(member=member).first()
        return known or _new(party, member.name, member=member)
    known = Learner.objects.filter(party=party, user=user_id).first()
    if known is not None:
        return known
    user = User.objects.filter(pk=user_id).first() if user_id is not None else None
    if user is None:
        raise Refused(unmet(NOBODY))
    return _new(party, str(user), user_id=user.pk)


def _new(
    party: Party, name: str, *, user_id: int | None = None, member: StaffMember | None = None
) -> Learner:
    return Learner.objects.create(
        party=party, user_id=user_id, member=member, name=name[:40], created_at=clock.now()
    )


def _known_learner(actor: Actor, party: Party, fields: EnrolFields) -> Learner:
    if fields.member_id is not None:
        return Learner.objects.get(member=fields.member_id)
    return Learner.objects.get(party=party, user=fields.user_id or actor.user_id)
