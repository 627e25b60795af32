"""Which ratings stand: a party's own, and those everybody sees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Aggregate, FloatField, Prefetch, Q, QuerySet

from portal.core.actor import Actor
from portal.evaluation.models import DimensionScore, Rating, Snapshot
from portal.evaluation.states import SnapshotKind
from portal.parties.models import Party
from portal.parties.states import PartyKind

METHOD_OF: dict[str, str] = {PartyKind.PROVIDER: "provider", PartyKind.AGENCY: "agency"}
OFTEN = (SnapshotKind.PREVIEW, SnapshotKind.OFFICIAL)


class Median(Aggregate):
    """percentile_cont(0.5) of what is there."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def shown_snapshots(code: str) -> QuerySet[Snapshot]:
    """Previews and official ones in force, the newest first; of one period the official one."""
    rows = Snapshot.objects.published().filter(method__code=code, kind__in=OFTEN)
    # "official" sorts before "preview": of the same day it comes first.
    return rows.select_related("method").order_by("-ends_on", "kind", "-revision")


def official_before(snapshot: Snapshot) -> Snapshot | None:
    """The official one whose score a newer one is compared with."""
    officials = Snapshot.objects.official(snapshot.method.code).select_related("method")
    return officials.filter(ends_on__lt=snapshot.ends_on).first()


def official_snapshot(code: str) -> Snapshot | None:
    return Snapshot.objects.official(code).select_related("method").first()


def ratings_in(snapshot: Snapshot, party: Party) -> list[Rating]:
    """A party's, one a service type; its home first."""
    rows = Rating.objects.filter(snapshot=snapshot, party=party).select_related("service")
    return list(home_first(_whole(rows)))


def home_first(ratings: QuerySet[Rating]) -> QuerySet[Rating]:
    """A party's, in the order in which they are shown."""
    return ratings.order_by("-is_home", "service__pk")


def public_ratings(code: str, parties: Iterable[int]) -> dict[int, list[Rating]]:
    """Of the newest official snapshot, by party, its home first: two queries and one for the
    snapshot, however many parties."""
    snapshot = official_snapshot(code)
    found: dict[int, list[Rating]] = {}
    if snapshot is None:
        return found
    rows = Rating.objects.filter(snapshot=snapshot, party__in=list(parties))
    for rating in home_first(_whole(rows).select_related("service")):
        rating.snapshot = snapshot
        found.setdefault(rating.party_id, []).append(rating)
    return found


def visible_ratings(actor: Actor) -> QuerySet[Rating]:
    return _whole(Rating.objects.visible_to(actor).select_related("snapshot__method", "service"))


def history_of(rating: Rating, code: str) -> list[dict[str, Any]]:
    """The composite at each official snapshot and at the newest preview, the oldest first, beside
    the median of the segment it was compared in."""
    latest = rating.snapshot
    moments = Q(snapshot__kind=SnapshotKind.OFFICIAL) | Q(snapshot=latest.pk)
    rows = list(
        Rating.objects.filter(
            moments,
            snapshot__in=shown_snapshots(code).order_by(),
            snapshot__ends_on__lte=latest.ends_on,
            party=rating.party_id,
            service=rating.service_id,
        )
        .select_related("snapshot")
        .order_by("snapshot__ends_on", "-snapshot__kind")
    )
    medians = _medians([(row.snapshot_id, row.segment) for row in rows])
    return [
        {
            "rating": row,
            "snapshot": row.snapshot,
            "score": row.score,
            "median": medians.get((row.snapshot_id, row.segment)),
        }
        for row in rows
    ]


def _medians(pairs: list[tuple[int, str]]) -> dict[tuple[int, str], float]:
    if not pairs:
        return {}
    places = Q()
    for snapshot, segment in pairs:
        places |= Q(snapshot=snapshot, segment=segment)
    rated = Rating.objects.filter(places, score__isnull=False, segment_rated__gte=8)
    rows = rated.order_by().values_list("snapshot", "segment").annotate(middle=Median("score"))
    return {(snapshot, segment): middle for snapshot, segment, middle in rows}


def _whole(rows: QuerySet[Rating]) -> QuerySet[Rating]:
    return rows.prefetch_related(Prefetch("dimensions", DimensionScore.objects.order_by("pk")))
