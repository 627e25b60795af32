"""Snapshots: started, computed in the background, published whole, replaced when data was wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, bulk, clock, jobs, outbox
from portal.core.actor import Actor, system_actor
from portal.core.jobs import requeue_job
from portal.core.models import JobState
from portal.core.verdict import Refused, conflict
from portal.evaluation import calendar, rules, selectors
from portal.evaluation.code_version import code_version
from portal.evaluation.computing import Result, Scored
from portal.evaluation.models import DimensionScore, IndicatorValue, Method, Rating, Snapshot
from portal.evaluation.services.weakest import record_weakest_changes
from portal.evaluation.standings import publish_standings_of
from portal.evaluation.states import (
    SNAPSHOT_TRANSITIONS,
    MethodStatus,
    SnapshotKind,
    SnapshotStatus,
)

COMPUTE, TELL_RATED = "evaluation.snapshot", "evaluation.tell_rated"
AT_ONCE = frozenset({SnapshotKind.PREVIEW})  # published as they are computed
CUT_BACK = timedelta(minutes=5)  # what is being recorded at this very moment waits for the next


# --- making one -----------------------------------------------------------------------------------


@transaction.atomic
def start_snapshot(
    actor: Actor,
    *,
    method: Method,
    kind: SnapshotKind,
    period: str,
    ends_on: date,
    cut: datetime | None = None,
) -> Snapshot:
    """Rate everybody as of the end of a day, by the facts recorded until now (`cut`). A job does
    it. An official one brings with it the one by the other version, for a cycle of a change."""
    rules.can_make_snapshots(actor).require()
    method = Method.objects.select_for_update(of=("self",), no_key=True).get(pk=method.pk)
    rules.snapshot_is_sound(method, kind, period, ends_on).require()
    rules.period_is_free(method, kind, period).require()
    snapshot = _begin(actor, method, kind, period, ends_on, cut or clock.now() - CUT_BACK)
    if kind == SnapshotKind.OFFICIAL and (other := selectors.other_version(method)):
        _begin(actor, other, SnapshotKind.BESIDE, period, ends_on, snapshot.cut)
    return snapshot


@transaction.atomic
def try_method(actor: Actor, *, method: Method, ends_on: date) -> Snapshot:
    """Rate everybody by a draft and by the version in force, by the same facts, for operators'
    eyes: whom it would move."""
    rules.can_make_snapshots(actor).require()
    cut = clock.now() - CUT_BACK
    current = Method.objects.in_force(method.code).exclude(pk=method.pk).first()
    for one in [method, *([current] if current else [])]:
        rules.snapshot_is_sound(one, SnapshotKind.TRIAL, "", ends_on).require()
    if current is not None:
        _begin(actor, current, SnapshotKind.TRIAL, _day(ends_on), ends_on, cut)
    return _begin(actor, method, SnapshotKind.TRIAL, _day(ends_on), ends_on, cut)


@transaction.atomic
def replace_snapshot(actor: Actor, *, snapshot: Snapshot, why: str) -> Snapshot:
    """Make a published one again by the facts as they are corrected now. Until the new one is
    published, the old one stays in force."""
    snapshot = _lock(snapshot)
    rules.can_replace_snapshot(actor, snapshot).require()
    rules.reason_is_given(why).require()
    return _begin(
        actor,
        snapshot.method,
        SnapshotKind(snapshot.kind),
        snapshot.period,
        snapshot.ends_on,
        clock.now() - CUT_BACK,
        replaces=snapshot,
        why=why.strip(),
    )


@transaction.atomic
def retry_snapshot(actor: Actor, *, snapshot: Snapshot) -> Snapshot:
    """Compute a failed one again: the same facts, the same draws."""
    snapshot = _lock(snapshot)
    rules.can_retry_snapshot(actor, snapshot).require()
    _change_status(actor, snapshot, SnapshotStatus.COMPUTING, verb="retry_snapshot")
    if snapshot.job is not None and snapshot.job.state == JobState.FAILED:
        requeue_job(actor, job=snapshot.job)
    elif snapshot.job is None or snapshot.job.state == JobState.DONE:
        _queue(actor, snapshot)
    return snapshot


def _begin(
    actor: Actor,
    method: Method,
    kind: SnapshotKind,
    period: str,
    ends_on: date,
    cut: datetime,
    replaces: Snapshot | None = None,
    why: str = "",
) -> Snapshot:
    snapshot = Snapshot.objects.create(
        method=method,
        kind=kind,
        period=period,
        revision=replaces.revision + 1 if replaces else 1,
        replaces=replaces,
        why=why,
        ends_on=ends_on,
        cut=cut,
        draws=method.document.get("draws") or 0,
        seed=method.document.get("seed") or 0,
        code_version=code_version(),
        started_at=clock.now(),
    )
    after = {"kind": kind, "period": period, "method": str(method), "ends_on": ends_on}
    audit.record(actor, rules.START, snapshot, after=after, why=why)
    _queue(actor, snapshot)
    return snapshot


def _queue(actor: Actor, snapshot: Snapshot) -> None:
    """What is made as history is computed by who makes it."""
    if outbox.is_history():
        return
    args = {"snapshot": snapshot.pk}
    snapshot.job = jobs.queue_job(actor, kind=COMPUTE, key=str(snapshot.pk), args=args)
    snapshot.save(update_fields=["job"])


def _day(ends_on: date) -> str:
    return f"{ends_on:%Y-%m-%d}"


# --- when their time has come ---------------------------------------------------------------------


def start_due_snapshots(actor: Actor) -> int:
    """The preview of the month that ended, the official one of a quarter once the contests of its
    preview are answered, and previews whose data were corrected since. Each at most once, however
    often asked; how many were started."""
    started = _make_corrected_again(actor)
    for method in Method.objects.filter(status=MethodStatus.IN_FORCE).order_by("code"):
        for kind, ends_on, period in _due(method):
            if rules.period_is_free(method, kind, period):
                start_snapshot(actor, method=method, kind=kind, period=period, ends_on=ends_on)
                started += 1
    return started


def _make_corrected_again(actor: Actor) -> int:
    """All corrections since a preview's cut go into one new revision of it."""
    previews, why = selectors.corrected_previews(), str(_("Appeals corrected its data."))
    for preview in previews:
        replace_snapshot(actor, snapshot=preview, why=why)
    return len(previews)


def _due(method: Method) -> Iterator[tuple[SnapshotKind, date, str]]:
    today = clock.today()
    month, quarter = calendar.last_month_end(today), calendar.last_quarter_end(today)
    yield SnapshotKind.PREVIEW, month, calendar.month_period(month)
    # From its first revision on: a correction gives everybody else no more time.
    first = Snapshot.objects.filter(
        method__code=method.code, kind=SnapshotKind.PREVIEW, ends_on=quarter, revision=1
    ).first()
    if first is None or first.published_at is None:
        return
    if today > calendar.answers_end(clock.day_of(first.published_at)):
        yield SnapshotKind.OFFICIAL, quarter, calendar.quarter_period(quarter)


# --- computing ------------------------------------------------------------------------------------


@transaction.atomic
def write_snapshot(actor: Actor, *, snapshot: Snapshot, result: Result) -> Snapshot:
    """All of a result or nothing. Written once: who comes second finds it computed and leaves."""
    snapshot = _lock(snapshot)
    if snapshot.status == SnapshotStatus.FAILED:  # its job was sent again
        _change_status(actor, snapshot, SnapshotStatus.COMPUTING, verb="retry_snapshot")
    if snapshot.status != SnapshotStatus.COMPUTING:
        return snapshot
    _write_ratings(snapshot, result.ratings)
    for name in ("facts_digest", "facts_count", "values_digest", "scores_digest"):
        setattr(snapshot, name, getattr(result, name))
    snapshot.computed_at = clock.now()
    _change_status(actor, snapshot, SnapshotStatus.READY, verb="compute_snapshot")
    if snapshot.kind in AT_ONCE:
        _publish(actor, snapshot)
    return snapshot


@transaction.atomic
def fail_snapshot(actor: Actor, *, snapshot: Snapshot, why: str) -> None:
    """It could not be computed; the last official one stays in force."""
    snapshot = _lock(snapshot)
    if snapshot.status == SnapshotStatus.COMPUTING:
        _change_status(actor, snapshot, SnapshotStatus.FAILED, verb="fail_snapshot", why=why[:300])


def _write_ratings(snapshot: Snapshot, ratings: Sequence[Scored]) -> None:
    rows = [
        Rating(
            snapshot=snapshot,
            party_id=one.subject.party_id,
            service_id=one.subject.service_id,
            is_home=one.subject.is_home,
            **{name: getattr(one, name) for name in RATING},
        )
        for one in ratings
    ]
    bulk.number(rows)
    bulk.insert(rows)
    told = list(zip(rows, ratings, strict=True))
    bulk.insert(
        [
            DimensionScore(rating=row, **{name: getattr(one, name) for name in DIMENSION})
            for row, rating in told
            for one in rating.dimensions
        ]
    )
    bulk.insert(
        [
            IndicatorValue(
                rating=row,
                indicator=one.indicator,
                scaled=one.scaled,
                percentile=one.percentile,
                **{name: getattr(one.folded, name) for name in FOLDED},
            )
            for row, rating in told
            for one in rating.values
        ]
    )


RATING = (
    *("own_segment", "segment", "segment_rated", "gates", "score", "low", "high"),
    *("coverage", "rank", "rank_best", "rank_worst", "is_tied"),
)
DIMENSION = ("dimension", "score", "low", "high", "coverage", "rank", "median")
FOLDED = ("value", "sample", "facts", "struck", "ungraded")


# --- publishing -----------------------------------------------------------------------------------


@transaction.atomic
def publish_snapshot(actor: Actor, *, snapshot: Snapshot) -> Snapshot:
    """An official one takes effect: directories order by it, everybody reads it. The one it
    replaces, and the one by the other version, go with it."""
    snapshot = _lock(snapshot)
    rules.can_publish_snapshot(actor, snapshot).require()
    besides = list(selectors.besides_of(snapshot).select_for_update(of=("self",), no_key=True))
    rules.besides_are_ready(besides).require()
    for one in [snapshot, *besides]:
        _publish(actor, one)
    return snapshot


def _publish(actor: Actor, snapshot: Snapshot) -> None:
    if snapshot.replaces is not None:
        replaced = _lock(snapshot.replaces)
        _change_status(actor, replaced, SnapshotStatus.REPLACED, verb="replace_snapshot")
    snapshot.published_at = clock.now()
    _change_status(actor, snapshot, SnapshotStatus.PUBLISHED, verb="publish_snapshot")
    if snapshot.kind == SnapshotKind.OFFICIAL and _is_newest(snapshot):
        publish_standings_of(snapshot)
        record_weakest_changes(actor, snapshot)
    if snapshot.kind != SnapshotKind.BESIDE and not outbox.is_history():
        args = {"snapshot": snapshot.pk}
        jobs.queue_job(system_actor("task"), kind=TELL_RATED, key=str(snapshot.pk), args=args)


def _is_newest(snapshot: Snapshot) -> bool:
    return selectors.latest_official(snapshot.method.code) == snapshot


def _lock(snapshot: Snapshot) -> Snapshot:
    rows = Snapshot.objects.select_for_update(of=("self",), no_key=True).select_related(
        "method", "job"
    )
    return rows.get(pk=snapshot.pk)


def _change_status(
    actor: Actor, snapshot: Snapshot, status: SnapshotStatus, *, verb: str, why: str = ""
) -> None:
    if status not in SNAPSHOT_TRANSITIONS[snapshot.status]:
        raise Refused(conflict(_("Not in this state.")))
    before = {"status": snapshot.status}
    snapshot.status = status
    snapshot.save()
    audit.record(actor, verb, snapshot, before=before, after={"status": status}, why=why)
