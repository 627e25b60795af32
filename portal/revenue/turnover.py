"""What sold through whom, month by month: read from order lines at once, for the evaluation.

What the rules against gaming take out (refunded soon, a cluster of one payer) is counted and left
out of the rest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from portal.core import clock
from portal.evaluation.rules.gaming import Order, strikes_of_orders
from portal.evaluation.selectors import gaming_of
from portal.parties.models import Category
from portal.parties.states import PartyKind
from portal.revenue import engine
from portal.revenue.models import OrderEvent

EARNING = ("provider_id", "agency_id")  # those who are rated
EVERYBODY = (*EARNING, "creator")  # whoever sells
AT_ONCE = 5_000
SETTLES_WITHIN = 3  # months after it was paid
LONG_AGO = datetime(1970, 1, 1, tzinfo=clock.SHANGHAI)
COLUMNS = (
    *("line_id", "line__merchant_id", "line__provider_id", "line__agency_id", "line__creator_id"),
    *("line__category_id", "line__buyer", "line__paid_at", "line__paid_fen"),
    *("line__shop", "line__refunded_fen", "kind", "phase", "amount_fen"),
    *("occurred_at", "recorded_at"),
)


class Told(NamedTuple):
    """An event with its line."""

    line: int
    merchant: int
    provider_id: int | None
    agency_id: int | None
    creator: int | None
    category: int | None
    buyer: str
    paid_at: datetime
    paid_fen: int
    shop: str
    refunded_fen: int
    kind: str
    phase: int
    amount: int
    at: datetime
    recorded_at: datetime


@dataclass(slots=True)
class Sum:
    """One party's work for one merchant in one month. `paid`: lines paid in it, `struck`: those
    that rules took out, `refunded`: of the others; `orders`: lines that settled in it, for `fen`
    in all; `by_creator`: their (fen, orders), `by_root`:
    fen by the topmost category. `told_at`: when something of it was last told."""

    paid: int = 0
    refunded: int = 0
    struck: int = 0
    orders: int = 0
    fen: int = 0
    by_creator: dict[int, tuple[int, int]] = field(default_factory=dict)
    by_root: dict[int | None, int] = field(default_factory=dict)
    told_at: datetime = LONG_AGO
    roots: Counter[int | None] = field(default_factory=Counter)

    @property
    def kept(self) -> int:
        """What no rule took out of those paid."""
        return self.paid - self.struck

    @property
    def root(self) -> int | None:
        """The category most of it is of, by its topmost one."""
        return max(self.roots, key=lambda one: (self.roots[one], one or 0), default=None)


Key = tuple[int, int, engine.Month]  # who is rated, merchant, month


def sums(since: date, until: date, of: Sequence[str] = EARNING) -> dict[Key, Sum]:
    """Of lines that were paid from `since` on and before `until`; `of`: whose work is counted."""
    roots = _roots()
    found: defaultdict[Key, Sum] = defaultdict(Sum)
    for line, is_struck in told_lines(since, until):
        _add(found, line, is_struck, roots, of)
    return dict(found)


def told_lines(
    since: date, until: date, merchants: Collection[int] | None = None
) -> Iterator[tuple[list[Told], bool]]:
    """Each line that was paid in this time, of these merchants or all, with all that happened to
    it; and whether rules against gaming take it out."""
    gaming = gaming_of([PartyKind.PROVIDER])[PartyKind.PROVIDER]
    for _merchant, told in groupby(_events(since, until, merchants), key=attrgetter("merchant")):
        lines = [list(some) for _line, some in groupby(told, key=attrgetter("line"))]
        struck = _struck(lines, gaming)
        yield from ((line, line[0].line in struck) for line in lines)


def _events(since: date, until: date, merchants: Collection[int] | None) -> Iterator[Told]:
    first, last = (datetime.combine(day, time(), clock.SHANGHAI) for day in (since, until))
    rows = OrderEvent.objects.filter(line__paid_at__gte=first, line__paid_at__lt=last)
    if merchants is not None:
        rows = rows.filter(line__merchant__in=merchants)
    ordered = rows.order_by("line__merchant_id", "line_id")
    return map(Told._make, ordered.values_list(*COLUMNS).iterator(chunk_size=AT_ONCE))


def _roots() -> Mapping[int | None, int]:
    """Each category's topmost one."""
    parents = dict(Category.objects.values_list("pk", "parent"))
    found: dict[int | None, int] = {}
    for pk in parents:
        root = pk
        while (above := parents[root]) is not None:
            root = above
        found[pk] = root
    return found


def _struck(lines: Sequence[Sequence[Told]], gaming: Any) -> set[Hashable]:
    """The lines of one merchant that rules take out, looked at by the month they were paid in."""
    months: defaultdict[engine.Month, list[Order]] = defaultdict(list)
    for line in lines:
        one = line[0]
        payer = one.buyer or one.line  # without a name everybody is somebody else
        months[engine.month_of(one.paid_at)].append(
            Order(one.line, payer, one.paid_at, _given_back_at(line))
        )
    return {key for orders in months.values() for key in strikes_of_orders(orders, gaming)}


def _given_back_at(line: Sequence[Told]) -> datetime | None:
    """When the last of it was, where all of it was."""
    if line[0].refunded_fen < line[0].paid_fen:
        return None
    return max((one.at for one in line if one.kind == engine.Kind.REFUNDED), default=None)


def _add(
    found: Mapping[Key, Sum],
    line: Sequence[Told],
    is_struck: bool,
    roots: Mapping[Any, int],
    of: Sequence[str],
) -> None:
    one = line[0]
    rated = {pk for name in of if (pk := getattr(one, name)) is not None}
    months = settled_months(line)
    told_at = max(event.recorded_at for event in line)
    for party in rated - {one.merchant}:
        sold = found[party, one.merchant, engine.month_of(one.paid_at)]
        sold.paid += 1
        sold.struck += is_struck
        sold.refunded += one.refunded_fen > 0 and not is_struck
        sold.roots[root := roots.get(one.category)] += 1
        sold.told_at = max(sold.told_at, told_at)
        for month, fen in {} if is_struck else months.items():
            _settle(found[party, one.merchant, month], one.creator, root, fen, told_at)


def _settle(
    settled: Sum, creator: int | None, root: int | None, fen: int, told_at: datetime
) -> None:
    settled.orders += 1
    settled.fen += fen
    settled.by_root[root] = settled.by_root.get(root, 0) + fen
    settled.told_at = max(settled.told_at, told_at)
    if creator is not None:
        before, orders = settled.by_creator.get(creator, (0, 0))
        settled.by_creator[creator] = before + fen, orders + 1


def settled_months(line: Iterable[Told]) -> dict[engine.Month, int]:
    return engine.settled_by_month(_as_events(line))


def settled_phases(line: Iterable[Told]) -> list[engine.Settled]:
    return engine.settled_phases(_as_events(line))


def _as_events(line: Iterable[Told]) -> Iterator[engine.Event]:
    for one in line:
        yield engine.Event("", "", engine.Kind(one.kind), one.phase, one.amount, one.at)
