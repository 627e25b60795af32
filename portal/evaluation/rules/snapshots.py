"""Who may compute and publish snapshots, and when."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.audit import trail
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.evaluation.models import Method, Snapshot
from portal.evaluation.states import MethodStatus, SnapshotKind, SnapshotStatus

START = "start_snapshot"  # the verb by which the trail knows who started one
PERIODS = {
    SnapshotKind.PREVIEW: re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    SnapshotKind.OFFICIAL: re.compile(r"\d{4}-Q[1-4]"),
    SnapshotKind.BESIDE: re.compile(r"\d{4}-Q[1-4]"),
}
BY = {
    SnapshotKind.PREVIEW: {MethodStatus.IN_FORCE},
    SnapshotKind.OFFICIAL: {MethodStatus.IN_FORCE},
    SnapshotKind.BESIDE: {MethodStatus.ANNOUNCED, MethodStatus.RETIRED},
    SnapshotKind.TRIAL: {MethodStatus.DRAFT, MethodStatus.ANNOUNCED, MethodStatus.IN_FORCE},
}


def can_make_snapshots(actor: Actor) -> Verdict:
    if actor.has_perm("evaluation.make_snapshot"):
        return ALLOWED
    return forbidden(_("Only operators of the evaluation compute snapshots."))


def can_see_evidence(actor: Actor) -> Verdict:
    """How much is known of whom, over all parties."""
    if actor.has_perm("evaluation.view_snapshot"):
        return ALLOWED
    return forbidden(_("Only operators of the evaluation see its coverage."))


def snapshot_is_sound(method: Method, kind: SnapshotKind, period: str, ends_on: date) -> Verdict:
    if method.status not in BY[kind]:
        return conflict(_("No snapshot of this kind is made by a method in this state."))
    if ends_on >= clock.today():
        return unmet(_("The day it ends on must be over."))
    if kind in PERIODS and not PERIODS[kind].fullmatch(period):
        return unmet(_("Name the period like 2026-09, or 2026-Q3 for an official one."))
    return ALLOWED


def period_is_free(method: Method, kind: SnapshotKind, period: str) -> Verdict:
    """A second one of a period only replaces the first, and says why."""
    others = Snapshot.objects.filter(method__code=method.code, kind=kind, period=period)
    if kind == SnapshotKind.BESIDE:
        others = others.filter(method=method)
    if kind == SnapshotKind.TRIAL or not others.exists():
        return ALLOWED
    return conflict(_("There is a snapshot of this period already; a corrected one replaces it."))


def can_replace_snapshot(actor: Actor, snapshot: Snapshot) -> Verdict:
    if not (verdict := can_make_snapshots(actor)):
        return verdict
    if snapshot.status != SnapshotStatus.PUBLISHED:
        return conflict(_("Only a published snapshot is replaced."))
    if Snapshot.objects.filter(replaces=snapshot).exists():
        return conflict(_("A corrected one is being made already."))
    return ALLOWED


def can_publish_snapshot(actor: Actor, snapshot: Snapshot) -> Verdict:
    """Two pairs of eyes on what counts: who started an official one does not publish it."""
    if not (verdict := can_make_snapshots(actor)):
        return verdict
    if snapshot.kind == SnapshotKind.TRIAL:
        return conflict(_("A trial stays inside."))
    if snapshot.status != SnapshotStatus.READY:
        return conflict(_("Only a computed snapshot can be published."))
    if snapshot.kind == SnapshotKind.BESIDE:
        return conflict(_("It is published together with the official one."))
    if snapshot.kind == SnapshotKind.OFFICIAL:
        return _is_another(actor, snapshot)
    return ALLOWED


def besides_are_ready(besides: list[Snapshot]) -> Verdict:
    if all(one.status == SnapshotStatus.READY for one in besides):
        return ALLOWED
    return conflict(_("The one by the other version is not computed yet."))


def can_retry_snapshot(actor: Actor, snapshot: Snapshot) -> Verdict:
    if not (verdict := can_make_snapshots(actor)):
        return verdict
    if snapshot.status == SnapshotStatus.FAILED:
        return ALLOWED
    return conflict(_("Only a failed snapshot is computed again."))


def _is_another(actor: Actor, snapshot: Snapshot) -> Verdict:
    starters = trail(snapshot).filter(verb=START).values_list("user_id", flat=True)
    if actor.user_id is not None and actor.user_id in set(starters):
        return forbidden(_("Another operator than the one who started it publishes it."))
    return ALLOWED
