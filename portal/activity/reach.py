"""What a directory narrows creators by, told to the parties below."""

from __future__ import annotations

from collections.abc import Iterable

from portal.activity.selectors.figures import Known, figures_of
from portal.parties.listing import Reached, publish_reach
from portal.parties.models import Party
from portal.parties.states import PartyKind


def publish_reach_of(party_ids: Iterable[int]) -> None:
    """Followers and average price of the creators among these, as they are known now."""
    creators = Party.objects.filter(pk__in=list(party_ids), kind=PartyKind.CREATOR)
    ids = list(creators.values_list("pk", flat=True))
    known = figures_of(ids)
    publish_reach({pk: _reached(known.get(pk, {})) for pk in ids})


def _reached(known: Known) -> Reached:
    followers, price = known.get("followers"), known.get("average_price_fen")
    return Reached(followers.value if followers else None, price.value if price else None)
