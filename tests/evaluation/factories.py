"""Methods, snapshots and ratings for tests: the engine computes them, the rows are written as the
job writes them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import numpy as np

from portal.core import clock
from portal.evaluation.documents import complete_method
from portal.evaluation.engine import Indicators, Row, evaluate, explain, parse_method, statistics_of
from portal.evaluation.models import (
    DimensionScore,
    IndicatorValue,
    Method,
    Rating,
    Snapshot,
)
from portal.evaluation.states import MethodStatus, SnapshotKind, SnapshotStatus
from portal.parties.models import Party, ServiceType

SEGMENT = "live-room"
DIGEST = "0" * 64
_versions = count(1)
Values = Mapping[str, tuple[float, float | None]]  # indicator → value, sample

TABLE = {
    ("connection", "连接能力", "Connection"): [
        ("C1", "有效服务商家", "Merchants served", "count", "higher", 1, 60, 25, 1, "log", None),
        ("C3", "线索转化", "Lead to signed", "percent", "higher", 5, 50, 20, 10, "linear", 20),
    ],
    ("growth", "成长能力", "Growth"): [
        ("G4", "续约率", "Renewal", "percent", "higher", 30, 90, 20, 5, "linear", 20),
        ("G5", "目标达成", "Target reached", "percent", "higher", 50, 120, 15, 3, "linear", None),
    ],
    ("talent", "人才能力", "Talent"): [
        ("T1", "持证人员", "Certified staff", "percent", "higher", 0, 80, 25, 5, "linear", 20),
        ("T3", "人员留存", "Staff retention", "percent", "higher", 50, 95, 20, 5, "linear", 20),
    ],
    ("improvement", "提升能力", "Improvement"): [
        ("I1", "课程完成", "Courses done", "percent", "higher", 20, 95, 20, 10, "linear", 20),
        ("I3", "任务按期完成", "Tasks on time", "percent", "higher", 20, 95, 25, 5, "linear", 20),
    ],
    ("health", "健康状况", "Health"): [
        ("H1", "商家满意度", "Satisfaction", "stars", "higher", 3.0, 4.9, 25, 5, "linear", 10),
        ("H2", "百合作月纠纷", "Disputes", "rate", "lower", 0, 8, 20, 20, "linear", 20),
    ],
}
NAMES = (
    *("code", "zh", "en", "unit", "direction", "lower", "upper"),
    *("weight", "min_sample", "transform", "strength"),
)
AVERAGE: Values = {
    "C1": (14, None),
    "C3": (26.0, 50),
    "G4": (66.0, 20),
    "G5": (92.0, 8),
    "T1": (31.0, 30),
    "T3": (76.0, 41),
    "I1": (62.0, 60),
    "I3": (68.0, 30),
    "H1": (4.4, 25),
    "H2": (2.0, 60),
}


def document(**changes: Any) -> dict[str, Any]:
    """Five dimensions of two indicators each, as in the documents that come with the program."""
    dimensions = [
        {
            "code": code,
            "name": {"zh": zh, "en": en},
            "weight": 20,
            "aggregate": {"kind": "arithmetic"},
            "indicators": [_indicator(dict(zip(NAMES, row, strict=True))) for row in rows],
        }
        for (code, zh, en), rows in TABLE.items()
    ]
    defaults = {
        "code": "provider",
        "version": f"2026-{next(_versions)}",
        "scale": [1, 100],
        "aggregate": {"kind": "geometric"},
        "min_coverage": 0.6,
        "winsorise": [2, 98],
        "draws": 200,
        "seed": 7,
        "gates": [{"code": "severe", "composite": 40, "dimensions": {"health": 20}}],
        "dimensions": dimensions,
    }
    return defaults | changes


def _indicator(row: dict[str, Any]) -> dict[str, Any]:
    names, strength = {"zh": row.pop("zh"), "en": row.pop("en")}, row.pop("strength")
    shrink = {"strength": strength, "prior": "segment"} if strength else None
    noise = {"kind": "rate"} if row["unit"] == "percent" and strength else None
    return {**row, "name": names, "shrink": shrink, "noise": noise}


def method(status: MethodStatus = MethodStatus.IN_FORCE, **changes: Any) -> Method:
    doc = document(**changes)
    announced = clock.now() - timedelta(days=400)
    return Method.objects.create(
        code=doc["code"],
        version=doc["version"],
        document=doc,
        gathering=complete_method("provider").gathering,
        status=status,
        digest=DIGEST,
        created_at=announced,
        announced_at=announced,
        comes_into_force_at=announced + timedelta(days=15),
        retired_at=clock.now() if status == MethodStatus.RETIRED else None,
    )


def peers_values(number: int, seed: int = 7) -> list[Values]:
    """Figures of so many made-up providers, around the average."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(number):
        skill = random.normal(0, 0.35)
        found.append(
            {
                code: (_around(code, value, skill + random.normal(0, 0.25)), sample)
                for code, (value, sample) in AVERAGE.items()
            }
        )
    return found


def _around(code: str, value: float, shift: float) -> float:
    if code == "H2":
        return round(value * math.exp(-shift), 2)
    if code == "H1":
        return round(min(value + 0.4 * shift, 5.0), 2)
    moved = value * math.exp(shift if code == "C1" else shift * 0.35)
    return round(min(moved, 100.0 if code not in {"C1", "G5"} else 1e9), 1)


def snapshot(
    rated: Method,
    values: Mapping[Party, Values],
    *,
    kind: SnapshotKind = SnapshotKind.OFFICIAL,
    ends_on: date | None = None,
    published_at: datetime | None = None,
    gates: Mapping[Party, Sequence[str]] | None = None,
    service: ServiceType | None = None,
    replaces: Snapshot | None = None,
) -> Snapshot:
    """Everybody in one segment, computed by the engine, published."""
    ends_on = ends_on or clock.today().replace(day=1) - timedelta(days=1)
    published_at = published_at or clock.now()
    if replaces is not None:
        Snapshot.objects.filter(pk=replaces.pk).update(status=SnapshotStatus.REPLACED)
    made = Snapshot.objects.create(
        method=rated,
        kind=kind,
        period=f"{ends_on:%Y-%m}",
        revision=replaces.revision + 1 if replaces else 1,
        replaces=replaces,
        why="data corrected" if replaces else "",
        ends_on=ends_on,
        cut=published_at,
        status=SnapshotStatus.COMPUTING,
        draws=rated.document["draws"],
        seed=rated.document["seed"],
        code_version="test",
        facts_digest=DIGEST,
        values_digest=DIGEST,
        scores_digest=DIGEST,
        started_at=published_at,
        computed_at=published_at,
    )
    service = service or ServiceType.objects.get(code="live-room")
    _write(made, rated, values, gates or {}, service)
    made.status, made.published_at = SnapshotStatus.PUBLISHED, published_at
    made.save()
    return made


def _write(
    made: Snapshot,
    rated: Method,
    values: Mapping[Party, Values],
    gates: Mapping[Party, Sequence[str]],
    service: ServiceType,
) -> None:
    engine = parse_method(rated.document)
    keys = {f"{party.pk}:{service.code}": party for party in values}
    rows = [
        Row(key, code, value, sample)
        for key, party in keys.items()
        for code, (value, sample) in values[party].items()
    ]
    data = Indicators.of_rows(
        rows,
        segments=dict.fromkeys(keys, SEGMENT),
        applies=dict.fromkeys(keys, service.code),
        gates={key: gates.get(party, ()) for key, party in keys.items()},
    )
    statistics = statistics_of(engine, data)
    scores = evaluate(engine, data, statistics=statistics, rank_ranges=True)
    medians = [_median(column) for column in scores.score.T]
    is_rated = ~np.isnan(scores.score[:, -1])
    ratings = Rating.objects.bulk_create(
        Rating(
            snapshot=made,
            party=keys[key],
            service=service,
            own_segment=f"{SEGMENT}/M",
            segment=SEGMENT,
            segment_rated=int(is_rated.sum()),
            is_home=True,
            gates=list(gates.get(keys[key], ())),
            score=_known(scores.score[row, -1]),
            low=_known(scores.low[row, -1]),
            high=_known(scores.high[row, -1]),
            coverage=float(scores.coverage[row, -1]),
            rank=int(scores.rank[row, -1]) or None,
            rank_best=_whole(scores.rank_best, row),
            rank_worst=_whole(scores.rank_worst, row),
        )
        for row, key in enumerate(scores.parties)
    )
    DimensionScore.objects.bulk_create(
        DimensionScore(
            rating=rating,
            dimension=code,
            score=_known(scores.score[row, at]),
            low=_known(scores.low[row, at]),
            high=_known(scores.high[row, at]),
            coverage=float(scores.coverage[row, at]),
            rank=int(scores.rank[row, at]) or None,
            median=medians[at],
        )
        for row, rating in enumerate(ratings)
        for at, code in enumerate(scores.columns[:-1])
    )
    for rating, key in zip(ratings, scores.parties, strict=True):
        _write_values(rating, explain(engine, data, key, statistics=statistics))


def _write_values(rating: Rating, opened: Any) -> None:
    steps = [step for dimension in opened.dimensions for step in dimension.indicators]
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            rating=rating,
            indicator=step.indicator.code,
            value=step.raw,
            sample=step.sample,
            scaled=step.score,
            percentile=None,
            facts=3 if step.raw is not None else 0,
        )
        for step in steps
        if step.applies
    )


def _median(scores: Any) -> float | None:
    known = scores[~np.isnan(scores)]
    return float(np.median(known)) if len(known) >= 8 else None


def _known(figure: float) -> float | None:
    return None if np.isnan(figure) else round(float(figure), 6)


def _whole(figures: Any, row: int) -> int | None:
    return None if np.isnan(figures[row]) else round(float(figures[row]))


def group(size: int = 12) -> list[Party]:
    """Made-up providers to be compared with; they are not listed."""
    parties = [
        Party(
            kind="provider",
            name=f"同行{number:03d}",
            legal_name=f"同行{number:03d}有限公司",
            uscc="",
            **_of_any_party(),
        )
        for number in range(size)
    ]
    return Party.objects.bulk_create(parties)


def _of_any_party() -> dict[str, Any]:
    from portal.parties.models import City

    now = clock.now()
    return {"city": City.objects.get(code="hangzhou"), "created_at": now, "updated_at": now}
