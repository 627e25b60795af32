"""What people are told of their seats."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from matchmaking.fairs.models import SignUp
from portal.core import audit, clock
from portal.core.actor import system_actor
from portal.parties.services import tell_party
from portal.seats.heralds import register_herald
from portal.seats.models import Claim
from portal.seats.states import ClaimStatus

SENTENCES = {
    ClaimStatus.SUBMITTED: gettext_noop("Your sign-up for “%(fair)s” is being looked at."),
    ClaimStatus.ASKED: gettext_noop("“%(fair)s”: the organiser asks you something: %(reason)s"),
    ClaimStatus.WAITING: gettext_noop("“%(fair)s” is full; you are on the waitlist."),
    ClaimStatus.OFFERED: gettext_noop(
        "A seat at “%(fair)s” is free for you: take it up by %(until)s."
    ),
    ClaimStatus.CONFIRMED: gettext_noop("You have a seat at “%(fair)s”."),
    ClaimStatus.REJECTED: gettext_noop("Your sign-up for “%(fair)s” was not accepted: %(reason)s"),
    ClaimStatus.EXPIRED: gettext_noop(
        "The seat at “%(fair)s” was not taken up in time and went to who was next."
    ),
    ClaimStatus.CANCELLED: gettext_noop("“%(fair)s” does not take place: %(reason)s"),
}


NEVER = gettext_noop("No seat at “%(fair)s” was freed before it began.")


@register_herald("fair")
def tell_sign_up(claim: Claim, status: str, key: str) -> None:
    """Those who manage the party, and the agency that brought it."""
    sentence = SENTENCES.get(ClaimStatus(status))
    sign_up = SignUp.objects.whole().filter(pk=claim.pk).first()
    if sign_up is None:
        return
    # Machines hear of it here, not with its audit row: whoever claims holds a hot row by then.
    audit.tell(system_actor("task"), f"seat_{status}", sign_up)
    if sentence is None:
        return
    if status == ClaimStatus.EXPIRED and claim.reason:
        sentence = NEVER  # it ran out of time, not of an answer
    until = claim.due_at.astimezone(clock.SHANGHAI) if claim.due_at else None
    for side in (sign_up.party, sign_up.brought_by):
        if side is not None:
            tell_party(
                side,
                event=f"fair.{status}",
                key=f"fair-{key}:{side.pk}",
                sentence=sentence,
                params={
                    "fair": sign_up.fair.title,
                    "reason": claim.reason[:150],
                    "until": f"{until:%m-%d %H:%M}" if until else "",
                },
                url=sign_up.get_absolute_url(),
            )
