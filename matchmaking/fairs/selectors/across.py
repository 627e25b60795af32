"""What fairs came to beside each other, by category and by size of the brand: a few queries for a
whole year of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from matchmaking.fairs.models import Fair, Meeting, MeetingOutcome, SignUp
from matchmaking.fairs.selectors.sizes import sizes_at
from matchmaking.fairs.states import BrandSize, MeetingResult, PlanStatus
from matchmaking.samples.models import Sample
from portal.core import clock
from portal.parties.models import Category
from portal.revenue.selectors import LineFigures, figures_by_agreement
from portal.seats.states import ClaimStatus


@dataclass(slots=True)
class Way:
    """From meetings to money: each step of those before it. `cost_fen`: 0 where none is known."""

    meetings: int = 0
    wanted: int = 0
    agreed: int = 0
    samples: int = 0
    posted: int = 0
    lines: LineFigures = field(default_factory=LineFigures)
    cost_fen: int = 0

    @property
    def cost_a_deal_fen(self) -> int | None:
        return self.cost_fen // self.agreed if self.agreed and self.cost_fen else None


@dataclass(frozen=True, slots=True)
class FairRow:
    fair: Fair
    seated: int
    here: int
    way: Way

    @property
    def show_up_percent(self) -> int | None:
        return round(100 * self.here / self.seated) if self.seated else None

    @property
    def meetings_a_head(self) -> float | None:
        """Two take part in each."""
        return 2 * self.way.meetings / self.here if self.here else None


@dataclass(frozen=True, slots=True)
class Across:
    fairs: list[FairRow]
    categories: list[tuple[Category, Way]]
    sizes: list[tuple[BrandSize, Way]]
    whole: Way


def returns_across(fairs: Sequence[Fair]) -> Across:
    """`fairs` in their order; categories are of what each merchant was seated for, sizes of the day
    of the fair."""
    keys = [fair.pk for fair in fairs]
    people = _people(keys)
    by_fair: dict[int, Way] = defaultdict(Way)
    by_category: dict[int, Way] = defaultdict(Way)
    by_size: dict[BrandSize, Way] = defaultdict(Way)
    whole = Way(cost_fen=sum(fair.cost_fen for fair in fairs))
    for fair in fairs:
        by_fair[fair.pk].cost_fen = fair.cost_fen
    days = {fair.pk: clock.day_of(fair.starts_at) for fair in fairs}
    steps = _steps(keys)
    sizes = sizes_at((merchant, days[fair]) for fair, _category, merchant, _step in steps)
    for fair_id, category_id, merchant, step in steps:
        size = by_size[sizes[merchant, days[fair_id]]]
        for way in (by_fair[fair_id], by_category[category_id], size, whole):
            _add(way, step)
    categories = Category.objects.in_bulk(list(by_category))
    return Across(
        fairs=[FairRow(fair, *people.get(fair.pk, (0, 0)), by_fair[fair.pk]) for fair in fairs],
        categories=sorted(
            ((categories[key], way) for key, way in by_category.items()),
            key=lambda one: (-one[1].lines.net_fen, one[0].position),
        ),
        sizes=[(size, by_size[size]) for size in BrandSize if size in by_size],
        whole=whole,
    )


Step = Mapping[str, Any]


def _add(way: Way, step: Step) -> None:
    way.meetings += 1
    way.wanted += step["wanted"]
    way.agreed += step["agreed"]
    way.samples += step["samples"]
    way.posted += step["posted"]
    way.lines += step["lines"]


def _people(keys: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By fair: with a seat, and here."""
    rows = SignUp.objects.seated().filter(fair__in=keys).order_by().values_list("fair")
    here = Count("pk", filter=Q(claim__status=ClaimStatus.PRESENT))
    return {fair: (seated, came) for fair, seated, came in rows.annotate(n=Count("pk"), here=here)}


def _steps(keys: Sequence[int]) -> list[tuple[int, int, int, Step]]:
    """Each meeting that took place: its fair, its category, its merchant, and what came of it."""
    said = MeetingOutcome.objects.filter(meeting__plan__fair__in=keys)
    missed = set(said.filter(result=MeetingResult.ABSENT).values_list("meeting", flat=True))
    wanted = set(said.filter(result=MeetingResult.INTENT).values_list("meeting", flat=True))
    deals = _deals(keys)
    none: Step = {"agreed": 0, "samples": 0, "posted": 0, "lines": LineFigures()}
    rows = Meeting.objects.filter(plan__fair__in=keys, plan__status=PlanStatus.PUBLISHED)
    return [
        (fair, category, merchant, {"wanted": pk in wanted, **deals.get(str(pk), none)})
        for pk, fair, category, merchant in rows.values_list(
            "pk", "plan__fair", "left__fair_pool__category", "left__party"
        )
        if pk not in missed
    ]


def _deals(keys: Sequence[int]) -> dict[str, Step]:
    """By meeting: the cooperation it led to, its samples, and the lines of its paper."""
    agreed = Cooperation.objects.filter(
        door=Door.FAIR, door_source__in=[str(key) for key in keys], agreed_at__isnull=False
    )
    rows = list(agreed.values_list("pk", "door_ref", "agreement", "merchant"))
    if not rows:
        return {}
    papers: list[UUID] = [agreement for _pk, _ref, agreement, _merchant in rows]
    figures = figures_by_agreement(papers, merchants={row[3] for row in rows})
    sent = Sample.objects.filter(cooperation__in=[row[0] for row in rows]).order_by()
    samples = {
        key: (n, posted)
        for key, n, posted in sent.values_list("cooperation").annotate(
            n=Count("pk"), posted=Count("pk", filter=Q(posted_at__isnull=False))
        )
    }
    return {
        ref: {
            "agreed": 1,
            "samples": samples.get(pk, (0, 0))[0],
            "posted": samples.get(pk, (0, 0))[1],
            "lines": figures.get(agreement, LineFigures()),
        }
        for pk, ref, agreement, _merchant in rows
    }
