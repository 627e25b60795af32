"""What is shown at a fair, for whoever looks at it: how it suits them, and what they marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from matchmaking.fairs.models import Fair, SignUp, SignUpProduct, Wish
from matchmaking.fairs.selectors.fairs import products_shown
from matchmaking.fairs.selectors.suits import SHOWING, SUITS_FROM, Suit, Suits
from matchmaking.fairs.states import Mark
from portal.parties.models import Party

AT_ONCE = 12
SUITS, ALL = "suits", "all"
MARKED = (Mark.MUST.value, Mark.MAYBE.value)
COMMISSIONS = (10, 15, 20, 30)  # percent; what the list can be narrowed to


@dataclass(frozen=True, slots=True)
class GoodsAsked:
    """How the list is narrowed. `least`: commission in percent; `first`: where this part begins."""

    show: str = ""
    has_samples: bool = False
    least: int = 0
    first: int = 0


@dataclass(frozen=True, slots=True)
class Good:
    """A product there. `mark`: what its brand is marked as; `suit`: of whom the engine knows."""

    shown: SignUpProduct
    suit: Suit | None
    mark: str

    @property
    def anchor(self) -> str:
        """Where its row stands on the page."""
        return f"good-{self.shown.pk}"

    @property
    def order_fen(self) -> int:
        """Commission of one order, before fees, an agency's share and refunds."""
        return self.shown.price_fen * self.shown.commission_bp // 10_000


@dataclass(frozen=True, slots=True)
class Goods:
    """A part of the list. `counts`: rows by what is shown, narrowed alike; `after`: where the next
    part begins, 0 for none."""

    rows: list[Good]
    asked: GoodsAsked
    counts: Mapping[str, int]
    brands: int
    products: int
    after: int


def goods_there(fair: Fair, party: Party | None, mine: SignUp | None, asked: GoodsAsked) -> Goods:
    """The best match first for creators and agencies, the highest commission for everybody else.
    `mine`: a sign-up with a seat that may mark brands."""
    seated = SignUp.objects.seated().filter(fair=fair).values("pk")
    shown = list(products_shown(seated))
    suits = Suits([party.pk], shown) if party and party.kind in SHOWING and shown else None
    marks = _marks(mine) if mine is not None else {}
    order = _by_match(suits, len(shown))
    narrowed = [n for n in order if _is_asked(shown[n], asked)]
    parts: dict[str, list[int]] = {}
    if suits is not None:
        parts[SUITS] = [n for n in narrowed if suits.points(0, n) >= SUITS_FROM]
    for mark in MARKED if marks else ():
        parts[mark] = [n for n in narrowed if marks.get(shown[n].sign_up_id) == mark]
    parts[ALL] = narrowed
    show = asked.show if asked.show in parts else _first_shown(parts)
    found = parts[show]
    part = found[asked.first : asked.first + AT_ONCE]
    after = asked.first + AT_ONCE
    return Goods(
        rows=[
            Good(shown[n], suits.of(0, n) if suits else None, marks.get(shown[n].sign_up_id, ""))
            for n in part
        ],
        asked=GoodsAsked(show, asked.has_samples, asked.least, asked.first),
        counts={name: len(rows) for name, rows in parts.items()},
        brands=len({one.sign_up_id for one in shown}),
        products=len(shown),
        after=after if after < len(found) else 0,
    )


def _by_match(suits: Suits | None, count: int) -> Sequence[int]:
    if suits is None:
        return range(count)
    units = suits.units[0].tolist()
    return sorted(range(count), key=lambda n: -units[n])


def _first_shown(parts: Mapping[str, Sequence[int]]) -> str:
    return SUITS if parts.get(SUITS) else ALL


def _is_asked(one: SignUpProduct, asked: GoodsAsked) -> bool:
    if asked.has_samples and not one.sends_samples:
        return False
    return one.commission_bp >= asked.least * 100


def _marks(mine: SignUp) -> dict[UUID, str]:
    return dict(Wish.objects.filter(sign_up=mine).values_list("other", "mark"))
