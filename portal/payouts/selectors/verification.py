"""Whether the books and the transfers say the same."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum

from portal.core.verifying import Check
from portal.ledger.selectors import amounts_of
from portal.ledger.states import Kind
from portal.payouts.models import Debt, Item
from portal.payouts.states import ItemStatus


def verification() -> list[Check]:
    return [Check("in payment", _differing(amounts_of(Kind.PAYING), _on_the_way()))]


def _on_the_way() -> dict[int, int]:
    """By party: transfers without an answer, and debts that have not arrived."""
    sent = Item.objects.filter(status=ItemStatus.PAYING, debt=None)
    found = dict(_sums(sent))
    for party, amount in _sums(Debt.objects.all()):
        found[party] = found.get(party, 0) + amount
    arrived = Item.objects.filter(debt__isnull=False, paid_fen__gt=0)
    rows = arrived.order_by().values_list("party").annotate(sum=Sum("paid_fen"))
    for party, amount in rows:
        found[party] = found.get(party, 0) - amount
    return found


def _sums(rows: Any) -> Any:
    return rows.order_by().values_list("party").annotate(sum=Sum("amount_fen"))


def _differing(books: dict[int, int], should: dict[int, int]) -> dict[int, tuple[int, int]]:
    return {
        party: (books.get(party, 0), should.get(party, 0))
        for party in books.keys() | should.keys()
        if books.get(party, 0) != should.get(party, 0)
    }
