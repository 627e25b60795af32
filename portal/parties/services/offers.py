"""The journal of offers is a means, kept for as long as a reader may be away."""

from __future__ import annotations

from portal.core import clock
from portal.parties.models import OfferChange
from portal.parties.selectors.offers import KEPT


def prune_offer_changes() -> int:
    """Forget old changes; how many."""
    return OfferChange.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
