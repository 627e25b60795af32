"""Whether money of a cooperation was really paid, and what is billed beside its lines."""

from __future__ import annotations

from django.db.models import QuerySet

from matchmaking.cooperation.models import Cooperation
from portal.revenue.bill_states import BillKind, BillStatus
from portal.revenue.models import Bill, OrderLine
from portal.revenue.selectors import lines_of_agreement


def paid_bill_of(cooperation: Cooperation) -> Bill | None:
    """The first one that the bank's rows confirmed; what was paid back is no pay."""
    bills = Bill.objects.filter(agreement=cooperation.agreement_id, status=BillStatus.PAID)
    return bills.exclude(kind=BillKind.REFUND).order_by("ended_at").first()


def settled_line_of(cooperation: Cooperation) -> OrderLine | None:
    lines = lines_of_agreement(cooperation.agreement_id)
    mine = lines.filter(merchant=cooperation.merchant_id, settled_fen__gt=0)
    return mine.order_by("paid_at").first()


def bills_of_cooperation(cooperation: Cooperation) -> QuerySet[Bill]:
    bills = Bill.objects.filter(agreement=cooperation.agreement_id)
    return bills.select_related("payer", "payee").order_by("-due_on", "-raised_at")
