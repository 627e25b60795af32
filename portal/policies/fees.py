"""Which rate of a fee holds for an order on a day, and every rate that ever did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.policies.models import FeeRate
from portal.policies.states import FeeKind, ProductSource


@dataclass(frozen=True, slots=True)
class Schedule:
    """All rates of the fees, read once: a file of a million orders asks it a million times."""

    rates: Sequence[FeeRate]

    def rate_on(
        self, fee: FeeKind, day: date, *, source: str = "", categories: Sequence[int] = ()
    ) -> FeeRate | None:
        """The rate that holds for goods of a `source`, or None where no rate was announced.

        `categories`: keys of the goods' category and of those above it, narrowest first.
        """
        holding = [
            rate
            for rate in self.rates
            if rate.fee == fee
            and rate.starts_on <= day
            and (rate.ends_on is None or day < rate.ends_on)
            and rate.product_source in ("", source)
            and (rate.category_id is None or rate.category_id in categories)
        ]
        return max(holding, key=lambda rate: _precedence(rate, categories), default=None)


def _precedence(rate: FeeRate, categories: Sequence[int]) -> tuple[bool, int, bool, date]:
    """A relief first, then the narrower category, a named source, and the later beginning."""
    width = len(categories) if rate.category_id is None else categories.index(rate.category_id)
    return rate.is_relief, -width, rate.product_source != "", rate.starts_on


def read_schedule() -> Schedule:
    return Schedule(list(FeeRate.objects.order_by("starts_on", "pk")))


@dataclass(frozen=True, slots=True)
class Offer:
    """What is taken for one source and category on a day, and what comes next."""

    fee: FeeKind
    source: str
    rate: FeeRate
    next: FeeRate | None

    @property
    def source_label(self) -> str:
        return str(ProductSource(self.source).label) if self.source else ""


def offers_on(day: date, rates: Iterable[FeeRate]) -> list[Offer]:
    """One row for each fee, source and category that a rate names, as it is on `day`."""
    rows: dict[tuple[str, str, int | None], list[FeeRate]] = {}
    for rate in rates:
        rows.setdefault((rate.fee, rate.product_source, rate.category_id), []).append(rate)
    return [offer for named in rows.values() if (offer := _offer(day, named)) is not None]


def _offer(day: date, named: Sequence[FeeRate]) -> Offer | None:
    first = named[0]
    categories = () if first.category_id is None else (first.category_id,)
    schedule = Schedule(named)
    rate = schedule.rate_on(
        FeeKind(first.fee), day, source=first.product_source, categories=categories
    )
    if rate is None:
        return None
    coming = sorted((r for r in named if r.starts_on > day), key=lambda r: r.starts_on)
    return Offer(FeeKind(first.fee), first.product_source, rate, next(iter(coming), None))
