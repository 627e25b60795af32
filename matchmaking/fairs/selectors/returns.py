"""What a fair came to: who came, what they said, and the orders of what they agreed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from matchmaking.fairs.models import Fair, Meeting, MeetingOutcome, SignUp
from matchmaking.fairs.states import MeetingResult, PlanStatus
from portal.revenue.selectors import LineFigures, figures_at, figures_by_agreement
from portal.seats.states import ClaimStatus


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Of one role: with a seat, here, and meetings a head of those here."""

    role: str
    seated: int
    here: int


@dataclass(frozen=True, slots=True)
class FairReturn:
    """`lines`: of the papers of its cooperations alone, as the platform settled them."""

    roles: list[RoleRow]
    meetings: int
    results: dict[str, int]
    proposed: int
    agreed: int
    lines: LineFigures
    cost_fen: int

    @property
    def seated(self) -> int:
        return sum(row.seated for row in self.roles)

    @property
    def here(self) -> int:
        return sum(row.here for row in self.roles)

    @property
    def show_up_percent(self) -> int | None:
        return round(100 * self.here / self.seated) if self.seated else None

    @property
    def meetings_a_head(self) -> float | None:
        """Two take part in each."""
        return 2 * self.meetings / self.here if self.here else None

    @property
    def cost_a_deal_fen(self) -> int | None:
        return self.cost_fen // self.agreed if self.agreed else None


def return_of(fair: Fair) -> FairReturn:
    through = Cooperation.objects.filter(door=Door.FAIR, door_source=str(fair.pk))
    agreed = through.filter(agreed_at__isnull=False)
    papers = list(agreed.values_list("agreement", flat=True))
    merchants = set(agreed.values_list("merchant", flat=True))
    figures = figures_by_agreement(papers, merchants=merchants) if papers else {}
    said = MeetingOutcome.objects.filter(meeting__plan__fair=fair).order_by()
    results = said.values_list("result").annotate(n=Count("meeting", distinct=True))
    missed = said.filter(result=MeetingResult.ABSENT).values("meeting")
    planned = Meeting.objects.filter(plan__fair=fair, plan__status=PlanStatus.PUBLISHED)
    return FairReturn(
        roles=_roles(fair),
        meetings=planned.exclude(pk__in=missed).count(),
        results=dict(results),
        proposed=through.count(),
        agreed=len(papers),
        lines=sum(figures.values(), LineFigures()),
        cost_fen=fair.cost_fen,
    )


def came_by(fair: Fair, moments: Sequence[datetime]) -> list[tuple[int, LineFigures]]:
    """How many cooperations were agreed, and what their orders had come to, by each moment."""
    if not moments:
        return []
    through = Cooperation.objects.filter(
        door=Door.FAIR, door_source=str(fair.pk), agreed_at__lte=max(moments)
    )
    rows = list(through.values_list("agreement", "merchant", "agreed_at"))
    agreed = [sum(row[2] is not None and row[2] <= at for row in rows) for at in moments]
    if not rows:
        return [(n, LineFigures()) for n in agreed]
    papers, merchants = [row[0] for row in rows], {row[1] for row in rows}
    return list(zip(agreed, figures_at(papers, moments, merchants=merchants), strict=True))


def _roles(fair: Fair) -> list[RoleRow]:
    rows = SignUp.objects.seated().filter(fair=fair).order_by()
    counted = rows.values_list("fair_pool__role").annotate(
        seated=Count("pk"), here=Count("pk", filter=Q(claim__status=ClaimStatus.PRESENT))
    )
    return [RoleRow(*row) for row in counted.order_by("fair_pool__role")]
