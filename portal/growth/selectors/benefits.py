"""What a provider's size and band of scores bring it, and how much of that is used: the parts that
give something tell of its use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.growth.models import Benefit, GrowthRules
from portal.growth.states import BANDS, Band, ProviderBenefit, Size
from portal.parties.models import Party, Reach, Standing
from portal.parties.search import score_band
from portal.parties.states import PartyKind


@dataclass(frozen=True, slots=True)
class Use:
    """Of one place where a benefit counts: `total` is what the party has there in all, with what
    everybody has."""

    title: str
    url: str
    used: int
    total: int

    @property
    def left(self) -> int:
        return max(0, self.total - self.used)


UseSource = Callable[[Party, int], Iterable[Use]]
_sources: dict[str, UseSource] = {}


def register_use(kind: ProviderBenefit, source: UseSource) -> None:
    """`source` is asked with a provider and the amount its row brings."""
    _sources[kind] = source


@dataclass(frozen=True, slots=True)
class Where:
    """The row of the table a provider stands in."""

    size: Size
    band: Band


def where_it_stands(party_id: int) -> Where:
    """By the newest official rating; whose size is not known counts as the smallest."""
    size = Reach.objects.filter(party=party_id).values_list("size_band", flat=True).first()
    score = Standing.objects.filter(party=party_id).values_list("score", flat=True).first()
    return Where(Size(size) if size in Size.values else Size.S, Band(score_band(score)))


def benefits_on(day: date) -> dict[tuple[str, int, str], int]:
    """(size, band, kind) → amount."""
    rules = GrowthRules.objects.on(day).first()
    rows = Benefit.objects.filter(rules=rules).values_list("size", "band", "kind", "amount")
    return {(size, band, kind): amount for size, band, kind, amount in rows} if rules else {}


def benefit_of(party: Party | None, kind: ProviderBenefit) -> int:
    """What a provider's row brings it of one kind, now; nothing for anybody else."""
    if party is None or party.kind != PartyKind.PROVIDER:
        return 0
    where = where_it_stands(party.pk)
    rows = Benefit.objects.filter(
        rules=GrowthRules.objects.on(clock.today())[:1],
        size=where.size,
        band=where.band,
        kind=kind,
    )
    return rows.values_list("amount", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Uses:
    kind: ProviderBenefit
    amount: int
    uses: list[Use]


def benefits_of(party: Party, where: Where) -> list[Uses]:
    """Each kind with what this row brings of it, and what of it is used."""
    found = benefits_on(clock.today())
    return [
        Uses(kind, amount, list(_sources[kind](party, amount)) if kind in _sources else [])
        for kind in ProviderBenefit
        if (amount := found.get((where.size, where.band, kind), 0))
    ]


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """One size and band: what it brings of each kind, in their order."""

    size: Size
    band: Band
    amounts: Sequence[int]
    is_own: bool = False

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Each amount with the kind it is of: on a phone the table has no head."""
        labels = [str(kind.label) for kind in ProviderBenefit]
        return list(zip(labels, self.amounts, strict=True))


def table_of(rules: GrowthRules, own: Where | None = None) -> list[BenefitRow]:
    found = {(row.size, row.band, row.kind): row.amount for row in rules.benefits.all()}
    return [
        BenefitRow(
            size,
            band,
            [found.get((size, band, kind), 0) for kind in ProviderBenefit],
            own is not None and (own.size, own.band) == (size, band),
        )
        for size in Size
        for band in BANDS
    ]
