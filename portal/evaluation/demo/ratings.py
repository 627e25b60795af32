"""Two methods one after the other, and the ratings of a year and a half: computed and published as
operators do it, each standing at its own day."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.db import transaction

from portal.core import clock
from portal.evaluation import calendar, services
from portal.evaluation.computing import compute
from portal.evaluation.demo.appeals import make_answered, make_running
from portal.evaluation.demo.characters import QUARTERS, Period, periods
from portal.evaluation.demo.people import history_at
from portal.evaluation.documents import AGENCY, PROVIDER, MethodFields
from portal.evaluation.models import NOTICE, Method, Snapshot
from portal.evaluation.starting import starting_method, without
from portal.evaluation.states import SnapshotKind, SnapshotStatus
from portal.parties.demo import DEMO, World

FIRST_VERSION = "2025-1"
# In the first version business weighed more than people: the second makes all five alike.
FIRST_WEIGHTS = {"connection": 25, "growth": 30, "talent": 10, "improvement": 10, "health": 25}
TASKS, NEXT_VERSION = "I3", "2026-2"  # tasks came after the first two versions
ANNOUNCED_DAYS = 3  # ago
NEXT_ZH = (
    "已核验任务（I3）进入提升能力，权重 25；I1 20、I2 15、I4 20、I5 20。"
    "任务由平台记录核验，按期完成计 100，逾期或未完成计 0。"
)
NEXT_EN = (
    "Verified tasks (I3) enter the improvement dimension with a weight of 25; I1 20, I2 15, I4 20, "
    "I5 20. Tasks are verified by the platform's records: 100 by its date, 0 late or not done."
)
CHANGED_AFTER = 3  # the number of the period after which the second version is announced
PREVIEWED_FROM = 4  # of earlier previews only the official ones that followed are told
CORRECTED = "申诉更正了其中的数据。"
CHANGE_ZH = "五个维度同权，各占 20%。此前连接、成长、健康合计占 80%，人才与提升的投入体现不足。"
CHANGE_EN = (
    "All five dimensions weigh 20% each. Connection, growth and health were 80% together, which "
    "left too little for what a provider invests in its people and in getting better."
)


@transaction.atomic
def make_methods(world: World) -> None:
    """The first versions for providers and for agencies, in force before the first rating."""
    first = min(periods(world.today).values(), key=lambda one: one.number)
    begins = at_noon(first) - timedelta(days=40)
    agencies = starting_method(AGENCY)
    for fields in (_first_version(), _as_version(agencies, FIRST_VERSION)):
        _bring(fields, begins)


@transaction.atomic
def make_ratings(world: World, *, number: int) -> None:
    """What followed a period: its preview, its official rating, and after one of them a new
    method."""
    found = periods(world.today)
    if number not in found:
        return
    period = found[number]
    codes = (PROVIDER, AGENCY) if number % 2 else (PROVIDER,)
    if number >= PREVIEWED_FROM:
        for code in codes if number < QUARTERS else (PROVIDER, AGENCY):
            _rate(code, SnapshotKind.PREVIEW, period, period.previewed_at)
    _contest(world, period, is_last=number == max(found))
    published = period.official_at
    if _is_rated(world, period):
        for code in codes:
            _rate(code, SnapshotKind.OFFICIAL, period, published)
    if number == CHANGED_AFTER:
        _change_method(period, published)


def _contest(world: World, period: Period, *, is_last: bool) -> None:
    """What providers objected to before the newest official rating and since; a preview whose rows
    an answer corrected is made again."""
    preview = Snapshot.objects.filter(
        method__code=PROVIDER, kind=SnapshotKind.PREVIEW, status=SnapshotStatus.PUBLISHED
    )
    newest = preview.select_related("method").order_by("-ends_on").first()
    if newest is None:
        return
    if _is_newest_official(world, period) and (right := make_answered(world, newest)):
        assert right.decided_at is not None  # noqa: S101 - its rows are corrected
        with history_at(right.decided_at + timedelta(hours=14)):
            services.replace_snapshot(DEMO, snapshot=newest, why=CORRECTED)
            _compute_open()
        newest = newest.replacement
    if is_last:
        make_running(world, newest)


def _is_newest_official(world: World, period: Period) -> bool:
    officials = [one for one in periods(world.today).values() if _is_rated(world, one)]
    return period == max(officials, key=lambda one: one.number)


def _is_rated(world: World, period: Period) -> bool:
    return period.number < QUARTERS and period.official_at < world.dawn


def _first_version() -> MethodFields:
    fields = without(_as_version(starting_method(PROVIDER), FIRST_VERSION), TASKS)
    for dimension in fields.document["dimensions"]:
        dimension["weight"] = FIRST_WEIGHTS[dimension["code"]]
    return fields


def _as_version(fields: MethodFields, version: str) -> MethodFields:
    document = deepcopy(dict(fields.document)) | {"version": version}
    return replace(fields, document=document)


def _bring(fields: MethodFields, begins: datetime) -> None:
    with history_at(begins - NOTICE - timedelta(days=1)):
        method = services.draft_method(DEMO, fields=fields)
        services.announce_method(DEMO, method=method, comes_into_force_at=begins)
    with history_at(begins):
        services.bring_methods_into_force(DEMO)


def _change_method(period: Period, rated_at: datetime) -> None:
    """Drafted, tried on the last ratings, announced, and in force before the next ones."""
    fields = without(starting_method(PROVIDER), TASKS)
    fields = replace(fields, change_zh=CHANGE_ZH, change_en=CHANGE_EN)
    with history_at(rated_at + timedelta(days=1)):
        method = services.draft_method(DEMO, fields=fields)
        services.try_method(DEMO, method=method, ends_on=period.ends_on)
        _compute_open()
        begins = rated_at + NOTICE + timedelta(days=2)
        services.announce_method(DEMO, method=method, comes_into_force_at=begins)
    with history_at(begins):
        services.bring_methods_into_force(DEMO)


@transaction.atomic
def announce_next(world: World) -> None:
    """The version that weighs tasks, tried on the last official ratings; its notice still runs."""
    official = Snapshot.objects.official(PROVIDER).first()
    if official is None:
        return
    fields = replace(starting_method(PROVIDER), change_zh=NEXT_ZH, change_en=NEXT_EN)
    with history_at(world.dawn - timedelta(days=ANNOUNCED_DAYS)):
        method = services.draft_method(DEMO, fields=_as_version(fields, NEXT_VERSION))
        services.try_method(DEMO, method=method, ends_on=official.ends_on)
        _compute_open()
        begins = clock.now() + NOTICE + timedelta(days=1)
        services.announce_method(DEMO, method=method, comes_into_force_at=begins)


def _rate(code: str, kind: SnapshotKind, period: Period, moment: datetime) -> None:
    name = calendar.quarter_period if kind == SnapshotKind.OFFICIAL else calendar.month_period
    with history_at(moment):
        snapshot = services.start_snapshot(
            DEMO,
            method=Method.objects.in_force(code).get(),
            kind=kind,
            period=name(period.ends_on),
            ends_on=period.ends_on,
        )
        _compute_open()
        if kind == SnapshotKind.OFFICIAL:
            services.publish_snapshot(DEMO, snapshot=snapshot)


def _compute_open() -> None:
    """What a worker does with a job, here at once."""
    rows = Snapshot.objects.filter(status=SnapshotStatus.COMPUTING).select_related("method")
    for snapshot in rows.order_by("pk"):
        services.write_snapshot(DEMO, snapshot=snapshot, result=compute(snapshot))


def at_noon(period: Period) -> datetime:
    return datetime.combine(period.ends_on, time(12, tzinfo=clock.SHANGHAI))
