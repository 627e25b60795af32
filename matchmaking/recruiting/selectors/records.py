"""The poster's record: what the platform knows, attached to every post. Nobody edits it here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from matchmaking.catalogue.models import Reputation
from matchmaking.recruiting.models import Application
from matchmaking.recruiting.states import ApplicationStatus
from matchmaking.samples.selectors import SampleRecord, shown_in_time
from portal.activity.selectors import RosterFigures, creator_profile, roster_figures
from portal.activity.states import DistributionKind
from portal.parties.models import Party, PartyCategory
from portal.parties.states import PartyKind

NOTHING_DUE = SampleRecord(0, 0)
OF_GOODS = frozenset({DistributionKind.CATEGORY, DistributionKind.PRICE})


@dataclass(frozen=True, slots=True)
class Record:
    """`figures` of a creator, as its own page shows them; `roster` of an agency. `spreads`: what it
    sells by category and price. `answered`: of its applications, how many were decided."""

    reputation: Reputation | None
    figures: dict[str, Any] = field(default_factory=dict)
    roster: RosterFigures | None = None
    samples: SampleRecord = NOTHING_DUE
    shares: list[tuple[str, int]] = field(default_factory=list)
    accepted: int = 0
    decided: int = 0
    lapsed: int = 0

    @property
    def spreads(self) -> list[Any]:
        return [s for s in self.figures.get("spreads", ()) if s.kind in OF_GOODS]

    @property
    def answer_rate(self) -> int | None:
        """Of what ended, the percentage that was answered in time; None: nothing ended."""
        ended = self.decided + self.lapsed
        return round(100 * self.decided / ended) if ended else None


def record_of(poster: Party) -> Record:
    is_creator = poster.kind == PartyKind.CREATOR
    newest = Reputation.objects.filter(creator=poster).order_by("-day").first()
    rows = PartyCategory.objects.filter(party=poster).select_related("category")
    ended = _ended(poster)
    return Record(
        reputation=newest,
        figures=creator_profile(poster) if is_creator else {},
        roster=None if is_creator else roster_figures(poster),
        samples=shown_in_time([poster.pk]).get(poster.pk, NOTHING_DUE),
        shares=[(str(row.category), row.share) for row in rows.order_by("-share", "pk")],
        accepted=ended.get(ApplicationStatus.ACCEPTED, 0),
        decided=ended.get(ApplicationStatus.ACCEPTED, 0) + ended.get(ApplicationStatus.REJECTED, 0),
        lapsed=ended.get(ApplicationStatus.EXPIRED, 0),
    )


def _ended(poster: Party) -> dict[str, int]:
    rows = Application.objects.filter(post__poster=poster, ended_at__isnull=False).order_by()
    return dict(rows.values_list("status").annotate(n=Count("pk")))
