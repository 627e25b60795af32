"""What became of appeals: the public counts, and the difference one made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Extract

from portal.evaluation.models import Appeal, Fact, IndicatorValue, Method, Rating, Snapshot
from portal.evaluation.selectors.documents import name_of
from portal.evaluation.selectors.ratings import Median
from portal.evaluation.selectors.segments import indicator_measure
from portal.evaluation.states import RUNNING_APPEALS, AppealOutcome, AppealStatus

MOST_ROWS = 50
DAY = 24 * 60 * 60
COUNTS = {
    "filed": Count("pk"),
    "running": Count("pk", Q(status__in=RUNNING_APPEALS)),
    "kept": Count("pk", Q(outcome=AppealOutcome.KEEP)),
    "data": Count("pk", Q(outcome=AppealOutcome.DATA)),
    "rule": Count("pk", Q(outcome=AppealOutcome.RULE)),
    "seconds": Median(Extract(F("decided_at") - F("filed_at"), "epoch")),
}


@dataclass(frozen=True, slots=True)
class AppealCounts:
    """Of appeals against ratings by a method, withdrawn ones left out. `days`: the median from
    filing to the answer; None before the first one."""

    filed: int
    running: int
    kept: int
    data: int
    rule: int
    days: float | None


@dataclass(frozen=True, slots=True)
class IndicatorAppeals:
    """The same, of one indicator."""

    code: str
    name: str
    counts: AppealCounts


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
    return _counts(_counted(code).aggregate(**COUNTS))


def appeals_by_indicator(method: Method) -> list[IndicatorAppeals]:
    """Those that were appealed against at all, in the method's order; then those of versions that
    are no longer in it."""
    rows = _counted(method.code).order_by().values("indicator").annotate(**COUNTS)
    found = {row["indicator"]: _counts(row) for row in rows}
    names = {
        one["code"]: name_of(one)
        for dimension in method.document["dimensions"]
        for one in dimension["indicators"]
    }
    codes = [*(code for code in names if code in found), *sorted(found.keys() - names.keys())]
    return [IndicatorAppeals(code, names.get(code, ""), found[code]) for code in codes]


def _counted(code: str) -> QuerySet[Appeal]:
    rows = Appeal.objects.filter(rating__snapshot__method__code=code)
    return rows.exclude(status=AppealStatus.WITHDRAWN)


def _counts(row: Mapping[str, Any]) -> AppealCounts:
    seconds = row["seconds"]
    return AppealCounts(
        filed=row["filed"],
        running=row["running"],
        kept=row["kept"],
        data=row["data"],
        rule=row["rule"],
        days=None if seconds is None else seconds / DAY,
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


def rows_behind(appeal: Appeal) -> list[Fact]:
    """The newest rows behind the number, as the snapshot read them."""
    measure = indicator_measure(appeal.rating.snapshot, appeal.indicator)
    rows = Fact.objects.filter(party=appeal.party_id, recorded_at__lte=appeal.rating.snapshot.cut)
    rows = rows.filter(measure=measure) if measure else rows.none()
    related = ("service", "correction", "counterpart")
    return list(rows.select_related(*related).order_by("-ends_on", "-pk")[:MOST_ROWS])
