"""What a directory narrows creators by, told to the parties below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from portal.activity.selectors.figures import Known, figures_of
from portal.parties.listing import Reached, publish_reach
from portal.parties.models import Party
from portal.parties.states import PartyKind

_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


@contextmanager
def published_once() -> Iterator[None]:
    """Within the block several sources may say several things; the directory is told at its end."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    publish_reach_of(waiting)


def publish_reach_of(party_ids: Iterable[int]) -> None:
    """Followers and average price of the creators among these, as they are known now."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(party_ids)
        return
    creators = Party.objects.filter(pk__in=list(party_ids), kind=PartyKind.CREATOR)
    ids = list(creators.values_list("pk", flat=True))
    known = figures_of(ids)
    publish_reach({pk: _reached(known.get(pk, {})) for pk in ids})


def _reached(known: Known) -> Reached:
    followers, price = known.get("followers"), known.get("average_price_fen")
    return Reached(followers.value if followers else None, price.value if price else None)
