"""Versions of a method, one after another."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.evaluation.documents import AGENCY, PROVIDER
from portal.evaluation.models import Appeal, Method, Snapshot
from portal.evaluation.states import MethodStatus, SnapshotKind, SnapshotStatus

CODE_NAMES: Mapping[str, str | Promise] = {
    PROVIDER: _("Service providers"),
    AGENCY: _("Agencies"),
}


def shown_method(code: str) -> Method | None:
    """The version in force; before the first one, the one that is announced."""
    return Method.objects.in_force(code).first() or announced(code)


def announced(code: str) -> Method | None:
    return Method.objects.filter(code=code, status=MethodStatus.ANNOUNCED).first()


def versions_of(code: str) -> list[Method]:
    """Everything that was announced and not taken back, the newest first."""
    return list(Method.objects.public().filter(code=code).order_by("-comes_into_force_at"))


def version_before(method: Method) -> Method | None:
    """The public one that came into force before it; of a draft, the newest."""
    others = Method.objects.public().filter(code=method.code).exclude(pk=method.pk)
    if method.comes_into_force_at is not None:
        others = others.filter(comes_into_force_at__lt=method.comes_into_force_at)
    return others.order_by("-comes_into_force_at").first()


def corrected_previews() -> list[Snapshot]:
    """Published previews of which an appeal corrected a row since their cut, and which are not
    being made again yet."""
    standing = Snapshot.objects.published().filter(
        kind=SnapshotKind.PREVIEW, replacement__isnull=True
    )
    corrected = Appeal.objects.filter(
        rating__snapshot__method=OuterRef("method"),
        rating__snapshot__period=OuterRef("period"),
        correction__recorded_at__gt=OuterRef("cut"),
    )
    return list(standing.filter(Exists(corrected)).order_by("pk"))


def latest_official(code: str) -> Snapshot | None:
    """The official snapshot in force."""
    return Snapshot.objects.official(code).select_related("method").first()


def latest_trial(method: Method) -> Snapshot | None:
    """The latest trial of it that was computed."""
    tried = Snapshot.objects.filter(
        method=method, kind=SnapshotKind.TRIAL, status=SnapshotStatus.READY
    )
    return tried.order_by("-pk").first()


def trial_beside(trial: Snapshot, other: Method) -> Snapshot | None:
    """The trial of another version by the same facts."""
    tried = Snapshot.objects.filter(
        method=other,
        kind=SnapshotKind.TRIAL,
        status=SnapshotStatus.READY,
        ends_on=trial.ends_on,
        cut=trial.cut,
    )
    return tried.order_by("-pk").first()


def trial_in_force(trial: Snapshot) -> Snapshot | None:
    """The trial of the version in force by the same facts; none of that very trial."""
    current = Method.objects.in_force(trial.method.code).exclude(pk=trial.method_id).first()
    return trial_beside(trial, current) if current else None


def official_beside(beside: Snapshot) -> Snapshot | None:
    """The official one by the same facts."""
    officials = Snapshot.objects.filter(
        method__code=beside.method.code,
        kind=SnapshotKind.OFFICIAL,
        ends_on=beside.ends_on,
        cut=beside.cut,
    )
    return officials.exclude(computed_at=None).select_related("method").first()


def base_of(snapshot: Snapshot) -> Snapshot | None:
    """What a snapshot is held against: a trial against the version in force by the same facts, one
    by the other version against the official one, a corrected one against the one it replaces."""
    if snapshot.kind == SnapshotKind.TRIAL:
        return trial_in_force(snapshot)
    if snapshot.kind == SnapshotKind.BESIDE:
        return official_beside(snapshot)
    return snapshot.replaces
