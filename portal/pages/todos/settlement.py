"""Statements that wait for the party's word."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.states import PAYING
from portal.settlement.models import Statement
from portal.settlement.states import StatementStatus

MOST = 5


def settlement_todos(actor: Actor) -> Iterator[Waiting]:
    """For those who handle the party's money."""
    if actor.party is None or actor.role not in PAYING:
        return
    rows = Statement.objects.filter(party=actor.party, status=StatementStatus.SENT)
    waiting = rows.filter(due_at__gt=clock.now()).order_by("due_at")[:MOST]
    yield Waiting(waiting, _statement, ("number", "month", "total", "due_at"))


def _statement(statement: Statement) -> Todo | None:
    if statement.due_at is None:
        return None
    title = _("Agree to your statement of %(month)s, or dispute lines")
    return dated(
        clock.day_of(statement.due_at),
        title=title % {"month": f"{statement.month:%Y-%m}"},
        detail=f"{statement.number} · {Money(statement.total).short}",
        url=statement.get_absolute_url(),
        verb=_("Look"),
    )
