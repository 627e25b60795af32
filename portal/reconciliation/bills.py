"""Bills at the bank: those that were shown as paid, and those that finance found there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from portal.reconciliation.claims import Payment, register_claims
from portal.reconciliation.engine import Claim
from portal.revenue.bill_states import BillKind, BillStatus
from portal.revenue.models import Bill

SHOWN = (BillStatus.PROVED, BillStatus.PAID)


def payments_of_bills(first: date, last: date) -> Iterator[Payment]:
    """What is paid onward no bank of ours sees."""
    rows = Bill.objects.filter(status__in=SHOWN, paid_on__range=(first, last))
    for bill in rows.exclude(kind=BillKind.ONWARD).select_related("payer"):
        day = bill.paid_on or last  # the database lets none be shown without its day
        claim = Claim(str(bill.pk), day, bill.amount_fen, "", bill.payer.legal_name)
        url = reverse("admin:revenue_bill_match", args=[bill.pk])
        yield Payment(claim, f"{bill.payer.name} · {bill.title}", url, bill.bank_row_id)


register_claims("bill", payments_of_bills)
