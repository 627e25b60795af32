"""Sign-ups that are kept while somebody types."""

from __future__ import annotations

from matchmaking.fairs import rules
from matchmaking.fairs.models import Fair, SignUpDraft
from portal.core.drafts.services import Drafting
from portal.parties.models import Party


def _lock(pk: int) -> Fair:
    """Whoever signs up meanwhile does not wait for this."""
    return Fair.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


PREPARING = Drafting(
    SignUpDraft,
    rules.can_prepare_sign_up,
    rules.can_discard_prepared,
    _lock,
    rules.TOO_MANY_DRAFTS,
)


def forget_prepared(fair: Fair, party: Party | None = None) -> None:
    """Of a party that has signed up, or of all once sign-up is over."""
    rows = SignUpDraft.objects.filter(fair=fair)
    (rows if party is None else rows.filter(party=party)).delete()
