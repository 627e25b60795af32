"""Sign-ups go on with the party that stays, as their claims do."""

from matchmaking.fairs.models import SignUp, SignUpDraft
from portal.parties.merges import moves, moves_by
from portal.parties.models import Party

moves(SignUp, "party", "brought_by")


@moves_by(SignUpDraft, "party")
def move_prepared(survivor: Party, absorbed: Party) -> None:
    """One a fair: where both were typing, the survivor's goes on."""
    ours = SignUpDraft.objects.filter(party=survivor).values("fair")
    theirs = SignUpDraft.objects.filter(party=absorbed)
    theirs.filter(fair__in=ours).delete()
    theirs.update(party=survivor)
