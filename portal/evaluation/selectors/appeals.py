"""What became of appeals: the public counts, and the difference one made."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from portal.evaluation.models import Appeal, IndicatorValue, Rating, Snapshot
from portal.evaluation.states import RUNNING_APPEALS, AppealOutcome


@dataclass(frozen=True, slots=True)
class AppealCounts:
    """Of all appeals against ratings by a method, withdrawn ones left out."""

    filed: int
    running: int
    kept: int
    data: int
    rule: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The number and the composite in the preview, and in the one made again after the answer."""

    snapshot: Snapshot
    scaled_before: float | None
    scaled: float | None
    score_before: float | None
    score: float | None

    @property
    def gain(self) -> float | None:
        if self.score is None or self.score_before is None:
            return None
        return self.score - self.score_before


def appeal_counts(code: str) -> AppealCounts:
    rows = Appeal.objects.filter(rating__snapshot__method__code=code).exclude(status="withdrawn")
    grouped = rows.order_by().values_list("status", "outcome").annotate(n=Count("pk"))
    found = list(grouped)
    by_outcome = {outcome: number for _status, outcome, number in found if outcome}
    return AppealCounts(
        filed=sum(number for _status, _outcome, number in found),
        running=sum(number for status, _outcome, number in found if status in RUNNING_APPEALS),
        kept=by_outcome.get(AppealOutcome.KEEP, 0),
        data=by_outcome.get(AppealOutcome.DATA, 0),
        rule=by_outcome.get(AppealOutcome.RULE, 0),
    )


def noted_rules(code: str) -> list[Appeal]:
    """What appeals asked of the next version, the newest first."""
    rows = Appeal.objects.filter(rating__snapshot__method__code=code, outcome=AppealOutcome.RULE)
    return list(rows.order_by("-decided_at")[:50])


def difference_of(appeal: Appeal) -> Difference | None:
    """What the answer changed, once the preview was made again and published."""
    newer = _newest_revision(appeal.rating.snapshot)
    if newer is None:
        return None
    rating = Rating.objects.filter(
        snapshot=newer, party=appeal.rating.party_id, service=appeal.rating.service_id
    ).first()
    if rating is None:
        return None
    row = IndicatorValue.objects.filter(rating=rating, indicator=appeal.indicator).first()
    return Difference(
        snapshot=newer,
        scaled_before=appeal.scaled,
        scaled=row.scaled if row else None,
        score_before=appeal.rating.score,
        score=rating.score,
    )


def _newest_revision(snapshot: Snapshot) -> Snapshot | None:
    """The published one of the same method, kind and period; None if that is this one."""
    same = Snapshot.objects.published().filter(
        method=snapshot.method_id, kind=snapshot.kind, period=snapshot.period
    )
    return same.filter(revision__gt=snapshot.revision).order_by("-revision").first()
