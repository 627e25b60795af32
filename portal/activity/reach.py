"""What a directory narrows creators by, told to the parties below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from portal.activity.models import Distribution
from portal.activity.selectors.figures import LONG_FRESH, Known, figures_of
from portal.activity.states import PRICES, DistributionKind
from portal.core import clock
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
    """Followers, those who buy, and what sells at which price, of the creators among these, as it
    is known now."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(party_ids)
        return
    creators = Party.objects.filter(pk__in=list(party_ids), kind=PartyKind.CREATOR)
    ids = list(creators.values_list("pk", flat=True))
    known, goods = figures_of(ids), _goods_of(ids)
    publish_reach({pk: _reached(known.get(pk, {}), goods.get(pk)) for pk in ids})


def _goods_of(ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """By party: the basis points of each price band."""
    sold = Distribution.objects.filter(party__in=ids, kind=DistributionKind.PRICE)
    rows = sold.best(clock.today() - LONG_FRESH)
    return {row.party_id: tuple(row.parts.get(code, 0) for code in PRICES) for row in rows}


def _reached(known: Known, goods: tuple[int, ...] | None) -> Reached:
    followers, price = known.get("followers"), known.get("average_price_fen")
    shopping = known.get("shopping_followers")
    return Reached(
        followers.value if followers else None,
        price.value if price else None,
        shopping.value if shopping else None,
        goods,
    )
