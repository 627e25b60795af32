"""Claims go on with the party that stays, but for those of an occasion where both have one for
the same person, or for themselves."""

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import moves, register_clash
from portal.parties.models import Party
from portal.seats.models import Claim

moves(Claim, "party")


@register_clash
def one_seat_each(survivor: Party, absorbed: Party) -> Verdict:
    ours, theirs = (
        set(Claim.objects.open().filter(party=side).values_list("occasion", "subject"))
        for side in (survivor, absorbed)
    )
    if ours & theirs:
        return conflict(_("Both have a claim to a seat of the same occasion; withdraw one."))
    return ALLOWED
