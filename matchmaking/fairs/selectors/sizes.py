"""How large a brand was on the day of a fair, by what it had settled, and how evenly a plan's
meetings are spread over brands of each size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from matchmaking.engine.fairness import gini
from matchmaking.fairs.models import MeetingPlan, SignUp
from matchmaking.fairs.states import BrandSize
from portal.core import clock
from portal.core.money import Money
from portal.parties.states import PartyKind
from portal.policies.dated import DatedRules, read_dated_rules
from portal.policies.states import DatedKind
from portal.revenue.selectors import net_by_month

MONTHS = 12  # whole ones, before the month of the fair
Shown = tuple[int, date]  # a merchant, and the day of a fair


def sizes_at(shown: Iterable[Shown]) -> dict[Shown, BrandSize]:
    """By what each settled in the twelve months before that of the fair, and by the limits of that
    day; two queries, however many."""
    wanted = set(shown)
    if not wanted:
        return {}
    months = {day: _months_before(day) for _merchant, day in wanted}
    first = min(some[0] for some in months.values())
    until = max(day for _merchant, day in wanted).replace(day=1)
    net = net_by_month({merchant for merchant, _day in wanted}, first, until)
    limits = read_dated_rules(DatedKind.BRAND_M, DatedKind.BRAND_L)
    return {
        (merchant, day): size_of(
            sum(net.get((merchant, month), 0) for month in months[day]), limits, day
        )
        for merchant, day in wanted
    }


def size_of(net_fen: int, limits: DatedRules, day: date) -> BrandSize:
    """The largest whose limit is reached; without limits every brand is small."""
    for size, kind in ((BrandSize.L, DatedKind.BRAND_L), (BrandSize.M, DatedKind.BRAND_M)):
        least = limits.value_on(kind, day)
        if least is not None and net_fen >= least:
            return size
    return BrandSize.S


def sizes_in_words(day: date) -> str:
    """What stands beside a table of them: S below ¥10M …"""
    limits = read_dated_rules(DatedKind.BRAND_M, DatedKind.BRAND_L)
    middle = limits.value_on(DatedKind.BRAND_M, day)
    large = limits.value_on(DatedKind.BRAND_L, day)
    if middle is None or large is None:
        return ""
    sentence = _("Settled in the twelve months before: S below %(m)s, L from %(l)s, M between")
    return sentence % {"m": Money(middle).short, "l": Money(large).short}


def _months_before(day: date) -> list[date]:
    """First days, the oldest first."""
    last = day.year * 12 + day.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS, last)]


@dataclass(frozen=True, slots=True)
class Spread:
    """Of brands of one size: how many, their meetings, and how even these are."""

    size: BrandSize | None  # None: all of them
    brands: int
    meetings: int
    least: int
    gini: float | None

    @property
    def mean(self) -> float:
        return self.meetings / self.brands if self.brands else 0.0


def spread_of(plan: MeetingPlan) -> list[Spread]:
    """By size, and of all of them last."""
    rows = SignUp.objects.seated().filter(fair=plan.fair_id, party__kind=PartyKind.MERCHANT)
    brands = dict(rows.values_list("pk", "party"))
    counts = dict.fromkeys(brands, 0)
    for key in plan.meetings.values_list("left", flat=True):
        counts[key] = counts.get(key, 0) + 1
    day = clock.day_of(plan.fair.starts_at)
    sizes = sizes_at((party, day) for party in brands.values())
    by_size: Mapping[BrandSize, list[int]] = defaultdict(list)
    for key, party in brands.items():
        by_size[sizes[party, day]].append(counts[key])
    found = [_spread(size, by_size[size]) for size in BrandSize if size in by_size]
    return [*found, _spread(None, [counts[key] for key in brands])] if found else []


def _spread(size: BrandSize | None, counts: list[int]) -> Spread:
    return Spread(size, len(counts), sum(counts), min(counts), gini(counts))
