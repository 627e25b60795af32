"""Sending the statements of a run: from then on the party has its days to agree or to dispute."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.settlement import rules
from portal.settlement.models import Run, Statement
from portal.settlement.services.telling import (
    change_run,
    move_statement,
    said,
    tell_many,
)
from portal.settlement.states import AGREE_WITHIN, RunStatus, StatementStatus

AT_ONCE = 200
SENTENCE = gettext_noop(
    "Your statement %(number)s of %(month)s is here: %(total)s. Agree or dispute lines by %(day)s; "
    "silence counts as agreed."
)
Report = Callable[[int, int], None]


def send_statements(actor: Actor, *, run: Run, report: Report = lambda done, total: None) -> Run:
    """All of a calculated run, chunk after chunk; the run is sent with the last one."""
    done, total = 0, run.statements.filter(status=StatementStatus.CALCULATED).count()
    while sent := _send_chunk(actor, run):
        done += sent
        report(done, max(done, total))
    return Run.objects.get(pk=run.pk)


@transaction.atomic
def _send_chunk(actor: Actor, run: Run) -> int:
    run = Run.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    if run.status == RunStatus.SENT:
        return 0
    rules.can_send_run(actor, run).require()
    waiting = run.statements.filter(status=StatementStatus.CALCULATED).order_by("pk")
    rows = list(waiting.select_for_update(of=("self",), no_key=True)[:AT_ONCE])
    now = clock.now()
    if not rows:
        run.sent_at, run.due_at = now, now + AGREE_WITHIN
        change_run(actor, run, RunStatus.SENT, "send_run")
        _approve_empty(actor, run)
        return 0
    entries = []
    for statement in rows:
        statement.sent_at, statement.due_at = now, now + AGREE_WITHIN
        before = move_statement(statement, StatementStatus.SENT)
        entries.append(
            audit.entry(
                *(actor, "send_statement", statement),
                at=now,
                before={"status": before},
                after=said(statement),
            )
        )
    sent = Statement.objects.filter(pk__in=[one.pk for one in rows])
    sent.update(status=StatementStatus.SENT, sent_at=now, due_at=now + AGREE_WITHIN)
    audit.record_many(entries)
    tell_many(rows, "sent", SENTENCE)
    return len(rows)


def _approve_empty(actor: Actor, run: Run) -> None:
    """A run nobody had anything to come of has nothing to approve."""
    if not run.statements.exists():
        run.approved_at = clock.now()
        change_run(actor, run, RunStatus.APPROVED, "approve_run")
