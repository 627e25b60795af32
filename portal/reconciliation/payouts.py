"""Payouts at the bank: what arrived goes out of the account it was paid from, under the bank's
number, or under the key that was sent along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from portal.core import clock
from portal.payouts.models import Item
from portal.payouts.states import ItemStatus
from portal.reconciliation.claims import Payment, register_claims
from portal.reconciliation.engine import Claim

SOURCE = "payout"
ARRIVED = (ItemStatus.PAID, ItemStatus.PARTIAL)


def payments_of_payouts(first: date, last: date) -> Iterator[Payment]:
    since, until = (
        datetime.combine(day, time(), clock.SHANGHAI) for day in (first, last + timedelta(days=1))
    )
    rows = Item.objects.filter(status__in=ARRIVED, ended_at__gte=since, ended_at__lt=until)
    for item in rows.select_related("party", "batch"):
        number, name = item.reference or item.key, item.party.legal_name
        day = clock.day_of(item.ended_at) if item.ended_at else last
        claim = Claim(str(item.pk), day, -item.paid_fen, number, name)
        title = f"{item.party.name} · {item.key}"
        yield Payment(claim, title, item.batch.get_absolute_url())


register_claims(SOURCE, payments_of_payouts)
