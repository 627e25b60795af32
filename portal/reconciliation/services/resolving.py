"""What people say about differences."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, flawless
from portal.reconciliation import rules
from portal.reconciliation.documents import find_document
from portal.reconciliation.fields import Resolution
from portal.reconciliation.models import Difference, DifferenceQuerySet, DifferenceStep
from portal.reconciliation.states import (
    DIFFERENCE_TRANSITIONS,
    DifferenceStatus,
    DifferenceStepKind,
)

MOST_AT_ONCE = 500


@transaction.atomic
def resolve_difference(actor: Actor, *, difference: Difference, said: Resolution) -> Difference:
    """It is explained, and nothing of the books changes by it; what put it right is named."""
    difference = lock_difference(difference)
    rules.can_resolve_difference(actor, difference).require()
    flawless(rules.flaws_of_resolution(said)).require()
    return _resolve(actor, difference, said)


@transaction.atomic
def resolve_differences(
    actor: Actor, *, differences: Sequence[Difference], said: Resolution
) -> int:
    """Several with one reason: all of them or none."""
    rules.can_decide_differences(actor).require()
    flawless(rules.flaws_of_resolution(said)).require()
    keys = sorted({one.pk for one in differences})
    if not keys:
        raise Refused(conflict(_("Choose what this reason is about.")))
    if len(keys) > MOST_AT_ONCE:
        raise Refused(conflict(_("Choose 500 at most.")))
    for row in _locking().filter(pk__in=keys).order_by("pk"):
        rules.can_resolve_difference(actor, row).require()
        _resolve(actor, row, said)
    return len(keys)


@transaction.atomic
def reopen_difference(actor: Actor, *, difference: Difference, why: str) -> Difference:
    """The reason did not hold; who gave it stays on record."""
    difference = lock_difference(difference)
    rules.can_reopen_difference(actor, difference).require()
    flawless(rules.flaws_of_resolution(Resolution(why))).require()
    difference.resolved_at = difference.resolved_by = None
    difference.why = difference.document = ""
    _step(actor, difference, DifferenceStepKind.REOPENED, Resolution(why.strip()))
    return _change_status(actor, difference, DifferenceStatus.OPEN, "reopen_difference", why)


def _resolve(actor: Actor, difference: Difference, said: Resolution) -> Difference:
    difference.resolved_at, difference.resolved_by = clock.now(), actor.user
    document = find_document(said.document)
    said = Resolution(said.why.strip(), document.number if document else "")
    difference.why, difference.document = said.why, said.document
    _step(actor, difference, DifferenceStepKind.RESOLVED, said)
    why = difference.why
    return _change_status(actor, difference, DifferenceStatus.RESOLVED, "resolve_difference", why)


def _change_status(
    actor: Actor, difference: Difference, status: DifferenceStatus, verb: str, why: str
) -> Difference:
    if status not in DIFFERENCE_TRANSITIONS[difference.status]:
        raise Refused(conflict(_("This is not possible in its present state.")))
    before, difference.status = difference.status, status
    names = ["status", "resolved_at", "resolved_by", "why", "document"]
    difference.save(update_fields=names)
    after = {"status": status, "document": difference.document}
    audit.record(actor, verb, difference, before={"status": before}, after=after, why=why)
    return difference


def _step(actor: Actor, row: Difference, kind: DifferenceStepKind, said: Resolution) -> None:
    DifferenceStep.objects.create(
        difference=row,
        kind=kind,
        at=clock.now(),
        person=actor.user,
        why=said.why.strip(),
        document=said.document.strip(),
    )


def lock_difference(difference: Difference) -> Difference:
    return _locking().get(pk=difference.pk)


def _locking() -> DifferenceQuerySet:
    rows = Difference.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("day__feed", "bank_row")
