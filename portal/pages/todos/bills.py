"""Bills that this side pays soon or late, and what it is to confirm."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.money import Money
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.states import PAYING
from portal.revenue.bill_states import BillKind, BillStatus
from portal.revenue.models import Bill

MOST = 20


def bill_todos(actor: Actor) -> Iterator[Waiting]:
    """For those who handle the party's money."""
    if actor.party is None or actor.role not in PAYING:
        return
    ours = Q(payer=actor.party, status=BillStatus.OPEN)
    ours |= Q(payee=actor.party, status=BillStatus.PROVED, kind=BillKind.ONWARD)
    rows = Bill.objects.filter(ours).order_by("due_on", "pk")
    fields = ("code", "key", "due_on", "amount_fen", "payer__name", "payee__name")
    yield Waiting(rows[:MOST], lambda bill: _bill(bill, actor.party_id), fields)


def _bill(bill: Bill, party_id: int | None) -> Todo:
    is_ours = bill.payer_id == party_id
    title = _("Pay a bill: %(what)s") if is_ours else _("Confirm a payment: %(what)s")
    return dated(
        bill.due_on,
        title=title % {"what": bill.title},
        detail=f"{bill.other_side(party_id).name} · {Money(bill.amount_fen).short}",
        url=bill.get_absolute_url(),
        verb=_("Look"),
    )
