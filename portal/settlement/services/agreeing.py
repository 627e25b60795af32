"""The party agrees, or its days are over: silence counts as agreed, as the statement says."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import clock
from portal.core.actor import Actor
from portal.settlement import rules
from portal.settlement.models import Statement
from portal.settlement.services.telling import change_statement, tell_many
from portal.settlement.states import StatementStatus

MOST = 1_000  # in one sweep; the next takes the others
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
    due = Statement.objects.silent().order_by("pk")[:MOST]
    return sum(_agree_silently(actor, one) for one in list(due))


@transaction.atomic
def _agree_silently(actor: Actor, statement: Statement) -> bool:
    statement = lock_statement(statement)
    if statement.status != StatementStatus.SENT or statement.is_open_to_answers:
        return False
    statement.agreed_at = clock.now()
    change_statement(actor, statement, StatementStatus.AGREED, "agree_silently")
    tell_many([statement], "silent", SENTENCE)
    return True


def lock_statement(statement: Statement) -> Statement:
    rows = Statement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("party", "run").get(pk=statement.pk)
