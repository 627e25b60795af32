"""When seats may be claimed and taken up, and how long a promised one is kept."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.clock import SHANGHAI
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.seats import states
from portal.seats.models import Claim, Occasion, Pool
from portal.seats.states import ClaimStatus

DAY_BEGINS, DAY_ENDS = time(8), time(22)  # nobody is asked to answer in their sleep
MOST_SEATS = 100_000
MOST_WORDS = 300
OVER = _("Signing up is over.")
SIGNED_UP = _("You are signed up already.")


def can_claim(occasion: Occasion, now: datetime, *, is_invited: bool = False) -> Verdict:
    """By the clock of the server; who is invited need not wait for the opening second."""
    if occasion.closed_at is not None or now >= occasion.closes_at:
        return conflict(OVER)
    if now < occasion.opens_at and not is_invited:
        return conflict(_("Signing up has not opened yet."))
    return ALLOWED


def can_take_up(claim: Claim, now: datetime) -> Verdict:
    """A promised seat, while it is kept."""
    if claim.status not in states.HOLDS:
        return conflict(_("No seat is kept for you at the moment."))
    if claim.due_at is None or now >= claim.due_at:
        return conflict(_("The seat was not taken up in time and went to who was next."))
    return ALLOWED


def can_accept(claim: Claim) -> Verdict:
    if claim.status not in {ClaimStatus.SUBMITTED, ClaimStatus.WAITING}:
        return conflict(_("This has been decided already."))
    return ALLOWED


def can_reject(claim: Claim, why: str) -> Verdict:
    if ClaimStatus.REJECTED not in states.TRANSITIONS[claim.status]:
        return conflict(_("This has been decided already."))
    if not 1 <= len(why.strip()) <= MOST_WORDS:
        return unmet(_("Say why, in up to 300 characters."))
    return ALLOWED


def can_ask(claim: Claim, why: str) -> Verdict:
    if claim.status != ClaimStatus.SUBMITTED:
        return conflict(_("Only what is being looked at is asked about."))
    if not 1 <= len(why.strip()) <= MOST_WORDS:
        return unmet(_("Say what is missing, in up to 300 characters."))
    return ALLOWED


def can_answer(claim: Claim) -> Verdict:
    if claim.status != ClaimStatus.ASKED:
        return conflict(_("Nothing is asked of you at the moment."))
    return ALLOWED


def can_withdraw(claim: Claim) -> Verdict:
    if ClaimStatus.WITHDRAWN not in states.TRANSITIONS[claim.status]:
        return conflict(_("This can no longer be withdrawn."))
    return ALLOWED


def can_mark(claim: Claim, status: ClaimStatus) -> Verdict:
    if status not in states.TRANSITIONS[claim.status]:
        return conflict(_("Only who has a seat checks in."))
    return ALLOWED


def can_resize(pool: Pool, capacity: int) -> Verdict:
    if not 0 <= capacity <= MOST_SEATS:
        return unmet(_("From 0 to 100,000 seats."))
    if capacity < pool.taken + pool.held:
        sentence = _("%(n)s seats are taken or promised; there cannot be fewer.")
        return conflict(sentence % {"n": pool.taken + pool.held})
    return ALLOWED


def can_bring_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the system writes down what was before."))


def offer_ends(occasion: Occasion, now: datetime) -> datetime:
    """Until when a seat offered now is kept. Its clock stands still at night, but not in the last
    hours; an offer never outlives the last moment for offers."""
    hurried = now + timedelta(minutes=occasion.hurry_minutes)
    if now >= occasion.hurry_from:
        return min(hurried, occasion.offers_until)
    ends = awake_after(now, timedelta(minutes=occasion.offer_minutes))
    return min(ends, max(hurried, occasion.hurry_from), occasion.offers_until)


def awake_after(now: datetime, left: timedelta) -> datetime:
    """The moment when `left` of daytime in Shanghai has passed."""
    moment = now.astimezone(SHANGHAI)
    while True:
        begins = moment.replace(hour=DAY_BEGINS.hour, minute=0, second=0, microsecond=0)
        ends = moment.replace(hour=DAY_ENDS.hour, minute=0, second=0, microsecond=0)
        moment = max(moment, begins)
        if moment < ends:
            if moment + left <= ends:
                return (moment + left).astimezone(now.tzinfo)
            left -= ends - moment
        moment = begins + timedelta(days=1)
