"""What settlements themselves put before a party on its page of money."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.money import Money
from portal.settlement.boxes import MoneyTodo, register_todos
from portal.settlement.models import Statement
from portal.settlement.rules import can_list_statements


def below_zero_todos(actor: Actor) -> Iterator[MoneyTodo]:
    """Nothing is asked of it; but who is paid less next time should know why."""
    if not can_list_statements(actor):
        return
    own = Statement.objects.visible_to(actor).owing().filter(party=actor.party_id)
    for statement in own:
        said = {"amount": Money(-statement.total)}
        since = {"month": f"{statement.negative_since:%Y-%m}"}
        yield MoneyTodo(
            title=str(_("%(amount)s below zero is set off against what comes next") % said),
            note=str(_("Since %(month)s, when more was taken back than came.") % since),
            url=reverse("statement_balance", args=[statement.number]),
            verb=_("See its course"),
            icon="arrow-back-up",
        )


register_todos(below_zero_todos)
