"""The party agrees, or its days are over: silence counts as agreed, as the statement says."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.settlement import rules
from portal.settlement.models import Statement
from portal.settlement.services.telling import (
    change_statement,
    move_statement,
    said,
    tell_many,
)
from portal.settlement.states import StatementStatus

AT_ONCE = 200
MOST = 10_000  # in one sweep; the next takes the others
SENTENCE = gettext_noop("The days to dispute %(number)s are over: it counts as agreed.")


@transaction.atomic
def agree_statement(actor: Actor, *, statement: Statement) -> Statement:
    statement = lock_statement(statement)
    rules.can_agree_statement(actor, statement).require()
    statement.agreed_at, statement.agreed_by = clock.now(), actor.user
    change_statement(actor, statement, StatementStatus.AGREED, "agree_statement")
    return statement


def agree_silent(actor: Actor) -> int:
    """Statements whose day is over without a word; how many."""
    agreed = 0
    while agreed < MOST and (more := _agree_chunk(actor)):
        agreed += more
    return agreed


@transaction.atomic
def _agree_chunk(actor: Actor) -> int:
    silent = Statement.objects.silent().select_related("party").order_by("pk")
    rows = list(silent.select_for_update(of=("self",), no_key=True)[:AT_ONCE])
    now, entries = clock.now(), []
    for one in rows:
        one.agreed_at = now
        before = move_statement(one, StatementStatus.AGREED)
        entries.append(
            audit.entry(
                *(actor, "agree_silently", one),
                at=now,
                before={"status": before},
                after=said(one),
            )
        )
    agreed = Statement.objects.filter(pk__in=[one.pk for one in rows])
    agreed.update(status=StatementStatus.AGREED, agreed_at=now)
    audit.record_many(entries)
    tell_many(rows, "silent", SENTENCE)
    return len(rows)


def lock_statement(statement: Statement) -> Statement:
    rows = Statement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("party", "run").get(pk=statement.pk)
