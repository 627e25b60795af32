"""Check-in at the door, and what came of each meeting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from matchmaking.fairs import rules
from matchmaking.fairs.models import Meeting, MeetingOutcome, SignUp
from matchmaking.fairs.states import MeetingResult
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.seats import services as seats


@transaction.atomic
def check_in(actor: Actor, *, sign_up: SignUp, at: datetime | None = None) -> SignUp:
    """Here. A badge that is read twice, or by two at once, counts once. `at`: when it was read, if
    that was without a network; who was marked absent meanwhile was there after all."""
    now = clock.now()
    rules.can_have_come(actor, sign_up.fair, at or now, now).require()
    sign_up.claim = seats.mark_present(actor, claim=sign_up.claim)
    audit.record(actor, "check_in", sign_up, after={"read_at": at} if at else None)
    return sign_up


@transaction.atomic
def tell_outcome(
    actor: Actor, *, sign_up: SignUp, meeting: Meeting, result: MeetingResult
) -> MeetingOutcome:
    """One tap: intent, sample, no, or that the other side did not come."""
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    rules.can_tell_outcome(actor, sign_up, meeting, clock.now()).require()
    outcome, _made = MeetingOutcome.objects.update_or_create(
        meeting=meeting,
        sign_up=sign_up,
        defaults={"result": result, "said_by": actor.user, "said_at": clock.now()},
    )
    audit.record(actor, "tell_outcome", outcome, after={"result": result})
    return outcome
