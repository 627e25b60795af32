"""One door for what becomes of runs and statements: the table of states, the audit, the notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.verdict import Refused, conflict
from portal.notices.models import Notice
from portal.notices.services import notify_many
from portal.parties.models import Membership
from portal.parties.states import PAYING
from portal.settlement.models import Run, Statement
from portal.settlement.states import RUN_TRANSITIONS, TRANSITIONS, RunStatus, StatementStatus

CHANGING = (
    *("status", "sent_at", "due_at", "agreed_at", "agreed_by", "was_disputed", "approved_at"),
    *("approved_by", "released", "carried_out", "paid_fen", "paid_at", "failure"),
)
RUN_CHANGING = (
    *("status", "calculated_at", "sent_at", "due_at", "approved_at", "approved_by"),
    "stopped_at",
)


def change_run(
    actor: Actor, run: Run, status: RunStatus, verb: str, *, after: dict[str, Any] | None = None
) -> None:
    if status not in RUN_TRANSITIONS[run.status]:
        raise Refused(conflict(_("This is not possible in the run's present state.")))
    before, run.status = run.status, status
    run.save(update_fields=RUN_CHANGING)
    said = {"status": status} | (after or {})
    audit.record(actor, verb, run, before={"status": before}, after=said)


def change_statement(
    actor: Actor, statement: Statement, status: StatementStatus, verb: str, *, why: str = ""
) -> None:
    before = move_statement(statement, status)
    statement.save(update_fields=CHANGING)
    audit.record(actor, verb, statement, before={"status": before}, after=said(statement), why=why)


def move_statement(statement: Statement, status: StatementStatus) -> str:
    """The state it had. Nothing is written."""
    if status not in TRANSITIONS[statement.status]:
        raise Refused(conflict(_("This is not possible in the statement's present state.")))
    before, statement.status = statement.status, status
    return before


def said(statement: Statement) -> dict[str, Any]:
    return {
        "number": statement.number,
        "status": statement.status,
        "total": statement.total,
        "released": statement.released,
        "paid": statement.paid_fen,
    }


def tell_many(
    statements: Sequence[Statement], event: str, sentence: str, *, once: str = "", **more: str
) -> None:
    """Who decides about the money of each party, once for each `once`."""
    parties = {one.party_id: one for one in statements}
    people = Membership.objects.filter(party__in=parties, role__in=PAYING)
    now = clock.now()
    notices = [
        Notice(
            user_id=user,
            party_id=party,
            event=f"settlement.{event}",
            key=f"settlement-{event}:{parties[party].pk}{once}",
            sentence=sentence,
            params=_params(parties[party]) | more,
            url=parties[party].get_absolute_url(),
            created_at=now,
        )
        for party, user in people.order_by("party", "user").values_list("party", "user")
    ]
    known = set(
        Notice.objects.filter(
            user__in={one.user_id for one in notices}, key__in={one.key for one in notices}
        ).values_list("user", "key")
    )
    notify_many([one for one in notices if (one.user_id, one.key) not in known])


def _params(statement: Statement) -> dict[str, str]:
    due = statement.due_at
    return {
        "number": statement.number,
        "month": f"{statement.month:%Y-%m}",
        "total": Money(statement.total).short,
        "released": Money(statement.released).short,
        "day": clock.day_of(due).isoformat() if due else "",
    }
