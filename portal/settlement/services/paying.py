"""What became of a statement's money: called from above, by whoever pays and looks at the bank. The
settlement itself knows no payouts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, unmet
from portal.settlement.models import Statement
from portal.settlement.services.agreeing import lock_statement
from portal.settlement.services.telling import CHANGING, change_statement, said
from portal.settlement.states import StatementStatus

PAYABLE = (StatementStatus.APPROVED, StatementStatus.FAILED)


@transaction.atomic
def mark_paid(
    actor: Actor, *, statement: Statement, amount_fen: int, at: datetime | None = None
) -> Statement:
    """So much of it arrived; with the last of it the statement is paid."""
    statement = lock_statement(statement)
    if statement.status not in PAYABLE:
        raise Refused(conflict(_("Nothing of this statement waits for its payment.")))
    if not 0 < amount_fen <= statement.to_pay:
        raise Refused(unmet(_("More than nothing, and at most what is still to be paid.")))
    statement.paid_fen += amount_fen
    if statement.to_pay:
        statement.save(update_fields=CHANGING)
        audit.record(actor, "pay_statement", statement, after=said(statement))
        return statement
    statement.paid_at = at or clock.now()
    change_statement(actor, statement, StatementStatus.PAID, "pay_statement")
    return statement


@transaction.atomic
def mark_failed(
    actor: Actor, *, statement: Statement, reason: str, returned_fen: int = 0
) -> Statement:
    """A transfer was rejected. `returned_fen`: of what was marked as paid before and came back."""
    statement = lock_statement(statement)
    if not 0 <= returned_fen <= statement.paid_fen:
        raise Refused(unmet(_("No more can come back than was paid.")))
    if statement.status == StatementStatus.PAID and not returned_fen:
        raise Refused(conflict(_("This statement is paid.")))
    statement.paid_fen -= returned_fen
    statement.paid_at = None
    statement.failure = reason.strip()[:300] or _("no reason was given")
    change_statement(
        actor, statement, StatementStatus.FAILED, "fail_statement", why=statement.failure
    )
    return statement


@transaction.atomic
def mark_reconciled(actor: Actor, *, statement: Statement) -> Statement:
    """Its payment was found in the bank's rows."""
    statement = lock_statement(statement)
    change_statement(actor, statement, StatementStatus.RECONCILED, "reconcile_statement")
    return statement


@transaction.atomic
def unmark_reconciled(actor: Actor, *, statement: Statement, why: str) -> Statement:
    """The bank's row was another payment's: it is paid, and not found yet."""
    statement = lock_statement(statement)
    change_statement(actor, statement, StatementStatus.PAID, "lose_statement", why=why)
    return statement


@transaction.atomic
def close_statement(actor: Actor, *, statement: Statement) -> Statement:
    """Nothing more happens to it."""
    statement = lock_statement(statement)
    change_statement(actor, statement, StatementStatus.CLOSED, "close_statement")
    return statement
