"""What one person proposes and another approves: written once, decided once, under a lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, Verdict, conflict
from portal.policies.models import Announced, Dated, FeeRate, Proposed
from portal.policies.states import DATED_TRANSITIONS, DatedStatus

Row = TypeVar("Row", bound=Proposed)
Held = TypeVar("Held", bound=Dated | FeeRate)


def write_proposed(actor: Actor, row: Row, *, taken: str | Promise) -> Row:
    """`taken`: the sentence for who proposes a day or version that is there already."""
    row.proposed_by, row.proposed_at = actor.user, clock.now()
    if isinstance(row, Dated):
        row.checked_on = clock.today()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(conflict(taken)) from error
    return row


@transaction.atomic
def approve_proposed(
    actor: Actor, row: Row, *, may: Callable[[Actor, Row], Verdict], verb: str
) -> Row:
    """From now on it never changes, and what is announced is."""
    row = lock_proposed(row)
    may(actor, row).require()
    if isinstance(row, Announced):
        row.announced_on = clock.today()
    return decide_proposed(actor, row, DatedStatus.APPROVED, verb)


@transaction.atomic
def refuse_proposed(
    actor: Actor, row: Row, *, may: Callable[[Actor, Row], Verdict], verb: str
) -> Row:
    """Nothing changes; who proposed it may take it back by this, too."""
    row = lock_proposed(row)
    may(actor, row).require()
    return decide_proposed(actor, row, DatedStatus.REFUSED, verb)


@transaction.atomic
def confirm_source(actor: Actor, row: Held, *, may: Callable[[Actor], Verdict], verb: str) -> Held:
    """Somebody looked at its source again today."""
    may(actor).require()
    before, row.checked_on = row.checked_on, clock.today()
    row.save(update_fields=["checked_on"])
    audit.record(actor, verb, row, before={"on": before}, after={"on": row.checked_on})
    return row


def lock_proposed(row: Row) -> Row:
    return type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)


def decide_proposed(actor: Actor, row: Row, status: DatedStatus, verb: str) -> Row:
    if status not in DATED_TRANSITIONS[row.status]:
        raise Refused(conflict(_("This was decided already.")))
    row.status, row.decided_by, row.decided_at = status, actor.user, clock.now()
    row.save(update_fields=row.DECIDED)
    audit.record(actor, verb, row, after=row.said)
    return row
