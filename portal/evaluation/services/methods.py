"""Writing methods, announcing them, and bringing them into force on their day."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock, jobs, outbox
from portal.core.actor import Actor, system_actor
from portal.core.verdict import Refused, conflict
from portal.evaluation import rules, selectors
from portal.evaluation.documents import MethodFields, digest_of
from portal.evaluation.models import Method, Snapshot
from portal.evaluation.states import METHOD_TRANSITIONS, MethodStatus, SnapshotKind

TELL = "evaluation.tell"
KEPT = ("document", "gathering", "change_zh", "change_en")


@transaction.atomic
def draft_method(actor: Actor, *, fields: MethodFields) -> Method:
    """The next version, for operators only until it is announced."""
    rules.can_write_methods(actor).require()
    rules.method_is_sound(fields).require()
    method = Method(created_at=clock.now(), created_by=actor.user)
    _write(method, fields)
    audit.record(actor, "draft_method", method, after=_said(method))
    return method


@transaction.atomic
def edit_method(actor: Actor, *, method: Method, fields: MethodFields) -> Method:
    """Other words for a draft. What was tried of the old ones goes with them."""
    method = _lock(method)
    rules.can_edit_method(actor, method).require()
    rules.method_is_sound(fields).require()
    before = _said(method)
    if digest_of(fields.document, fields.gathering) != before["digest"]:
        Snapshot.objects.filter(method=method, kind=SnapshotKind.TRIAL).delete()
    _write(method, fields)
    audit.record(actor, "edit_method", method, before=before, after=_said(method))
    return method


@transaction.atomic
def announce_method(actor: Actor, *, method: Method, comes_into_force_at: datetime) -> Method:
    """From now on everybody reads it and nobody changes it. The impact table is that of the
    latest trial against the version in force, by the same facts."""
    method = _lock(method)
    rules.can_announce_method(actor, method).require()
    rules.is_observed(method).require()
    current = Method.objects.in_force(method.code).first()
    rules.may_begin(method, comes_into_force_at).require()
    rules.change_is_told(method, current).require()
    trial = selectors.latest_trial(method)
    if current is not None and selectors.latest_official(method.code) is not None:
        rules.is_tried(method, current, trial).require()
    base = selectors.trial_beside(trial, current) if trial and current else None
    method.impact = selectors.impact_of(base, trial) if base and trial else None
    method.announced_at = clock.now()
    method.comes_into_force_at = comes_into_force_at
    method.digest = digest_of(method.document, method.gathering)
    _change_status(actor, method, MethodStatus.ANNOUNCED, verb="announce_method")
    _tell(method, "announced")
    return method


@transaction.atomic
def withdraw_method(actor: Actor, *, method: Method, why: str) -> Method:
    """Take back a draft, or an announcement before its day."""
    method = _lock(method)
    rules.can_withdraw_method(actor, method).require()
    rules.reason_is_given(why).require()
    was_announced = method.status == MethodStatus.ANNOUNCED
    _change_status(actor, method, MethodStatus.WITHDRAWN, verb="withdraw_method", why=why.strip())
    if was_announced:
        _tell(method, "withdrawn")
    return method


@transaction.atomic
def bring_methods_into_force(actor: Actor) -> int:
    """Those whose day has come; each retires the one before it. How many began."""
    now = clock.now()
    due = Method.objects.filter(status=MethodStatus.ANNOUNCED, comes_into_force_at__lte=now)
    begun = 0
    for pk in due.order_by("comes_into_force_at").values_list("pk", flat=True):
        method = _lock(Method.objects.get(pk=pk))
        if method.status != MethodStatus.ANNOUNCED:  # withdrawn, or begun elsewhere meanwhile
            continue
        for current in Method.objects.in_force(method.code):
            current.retired_at = now
            _change_status(actor, current, MethodStatus.RETIRED, verb="retire_method")
        _change_status(actor, method, MethodStatus.IN_FORCE, verb="bring_method_into_force")
        _tell(method, "began")
        begun += 1
    return begun


def _lock(method: Method) -> Method:
    """All versions of its code are locked, so that one at a time is announced or begins."""
    versions = Method.objects.select_for_update(of=("self",), no_key=True).filter(code=method.code)
    return {row.pk: row for row in versions.order_by("pk")}[method.pk]


def _write(method: Method, fields: MethodFields) -> None:
    for name in KEPT:
        setattr(method, name, getattr(fields, name))
    method.code, method.version = fields.document["code"], fields.document["version"]
    method.change_zh, method.change_en = method.change_zh.strip(), method.change_en.strip()
    try:
        with transaction.atomic():
            method.save()
    except IntegrityError as error:
        sentence = _("There is a version %(version)s of this method already.")
        raise Refused(conflict(sentence % {"version": method.version})) from error


def _said(method: Method) -> dict[str, object]:
    digest = digest_of(method.document, method.gathering)
    return {"code": method.code, "version": method.version, "digest": digest}


def _change_status(
    actor: Actor, method: Method, status: MethodStatus, *, verb: str, why: str = ""
) -> None:
    if status not in METHOD_TRANSITIONS[method.status]:
        raise Refused(conflict(_("Not in this state.")))
    before = {"status": method.status}
    method.status = status
    method.save()
    audit.record(actor, verb, method, before=before, after={"status": status}, why=why)


def _tell(method: Method, news: str) -> None:
    """Those it moves, in the background; what is made as history is told to nobody."""
    if not outbox.is_history():
        args = {"method": method.pk, "news": news}
        jobs.queue_job(system_actor("task"), kind=TELL, key=f"{news}:{method.pk}", args=args)
