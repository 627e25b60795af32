"""Lists of order lines that sort, filter and export: a party's own, and the operators' of all."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.revenue import engine, rules
from portal.revenue.bill_states import BillKind, BillStatus
from portal.revenue.models import Bill, OrderLine, is_late
from portal.revenue.order_states import Carrier, Channel, Sign

STATES = [
    ("open", _("Expected")),
    ("settled", _("Settled")),
    ("refunded", _("With a refund")),
    ("disputed", _("Disputed")),
]


def _of_state(rows: QuerySet[OrderLine], value: str) -> QuerySet[OrderLine]:
    if value == "settled":
        return rows.filter(settled_fen__gt=0)
    if value == "disputed":
        return rows.filter(holds__released_at=None, holds__isnull=False)
    if value == "refunded":
        return rows.filter(refunded_fen__gt=0)
    return rows.filter(settled_fen=0, refunded_fen=0)


def _own(actor: Actor) -> QuerySet[OrderLine]:
    mine = OrderLine.objects.visible_to(actor).filter(paid_at__isnull=False)
    return mine.select_related("merchant", "creator")


def _all(actor: Actor) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(paid_at__isnull=False).select_related("merchant", "creator")


COLUMNS: tuple[TableColumn, ...] = (
    TableColumn("order", _("Order number"), str, url=lambda line: line.get_absolute_url()),
    TableColumn("merchant", _("Merchant"), lambda line: line.merchant.name),
    TableColumn("creator", _("Creator"), lambda line: line.creator and line.creator.name),
    TableColumn("paid_at", _("Paid at"), lambda line: line.paid_at, form="moment", sort="paid_at"),
    TableColumn("paid", _("Paid"), lambda line: line.paid_fen, form="money", sort="paid_fen"),
    TableColumn("settled", _("Settled"), lambda line: line.settled_fen, form="money"),
    TableColumn("refunded", _("Refunded"), lambda line: line.refunded_fen, form="money"),
    TableColumn("product", _("Product"), lambda line: line.product, is_shown=False),
    TableColumn("shop", _("Shop"), lambda line: line.shop, is_shown=False),
    TableColumn("carrier", _("Carrier"), lambda line: line.get_carrier_display(), is_shown=False),
)


def _of_month(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """That were paid in it, or all where it is none."""
    month = engine.parse_month(value)
    if month is None:
        return rows
    first, after = (
        datetime.combine(one.first_day, time(), clock.SHANGHAI) for one in (month, month.next())
    )
    return rows.filter(paid_at__gte=first, paid_at__lt=after)


def _months() -> list[tuple[str, str]]:
    """The last two years."""
    today = clock.today()
    last = today.year * 12 + today.month - 1
    months = (engine.Month(at // 12, at % 12 + 1) for at in range(last, last - 24, -1))
    return [(str(month), str(month)) for month in months]


def _of_channel(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """As the nightly count tells channels apart; all where it is none."""
    if value not in Channel.values:
        return rows
    side, carrier = value.split("-", 1)
    is_known = carrier in Carrier.values
    return rows.filter(creator__isnull=side == "own", carrier=carrier if is_known else "")


def _filters(*more: TableFilter) -> tuple[TableFilter, ...]:
    def of_carrier(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(carrier=value)

    return (
        TableFilter("state", _("State"), lambda: STATES, _of_state),
        TableFilter("month", _("Month it was paid in"), _months, _of_month),
        TableFilter("carrier", _("Carrier"), lambda: Carrier.choices, of_carrier),
        TableFilter("channel", _("Channel"), lambda: Channel.choices, _of_channel),
        *more,
    )


ORDERS = register_table(
    TableKind(
        name="orders",
        title=_("Sales orders"),
        url="order_list",
        rows=_own,
        may=rules.can_list_orders,
        order="-paid_at",
        filters=_filters(),
        columns=COLUMNS,
    )
)


def _with_sign(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(signs__contains=[value])


ALL_ORDERS = register_table(
    TableKind(
        name="all-orders",
        title=_("All orders"),
        url="order_register",
        rows=_all,
        may=rules.can_see_all_orders,
        order="-paid_at",
        filters=_filters(TableFilter("sign", _("Sign"), lambda: Sign.choices, _with_sign)),
        columns=(*COLUMNS, TableColumn("signs", _("Signs"), lambda line: line.signs_in_words)),
    )
)


def _bills(actor: Actor) -> QuerySet[Bill]:
    """Each knows which side looks at it."""
    mine = Bill.objects.visible_to(actor).select_related("payer", "payee")
    is_ours = Case(When(payer=actor.party_id, then=True), default=False)
    return mine.annotate(is_ours=is_ours)


BILL_SIDES = [("pay", _("We pay")), ("paid", _("We are paid"))]
BILL_STATES = [*BillStatus.choices, ("late", _("Late"))]


def _of_side(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(is_ours=value == "pay")


def _of_bill_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(is_late()) if value == "late" else rows.filter(status=value)


def _of_bill_kind(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(kind=value)


def _bill_state(bill: Bill) -> str:
    return str(_("Late")) if bill.is_late else bill.get_status_display()


def _bill_tone(bill: Bill) -> str:
    if bill.is_late:
        return "bad"
    return {BillStatus.OPEN: "info", BillStatus.PROVED: "warn", BillStatus.PAID: "ok"}.get(
        BillStatus(bill.status), ""
    )


def _other_of(bill: Any) -> str:
    return str((bill.payee if bill.is_ours else bill.payer).name)


BILLS = register_table(
    TableKind(
        name="bills",
        title=_("Bills"),
        url="bill_list",
        rows=_bills,
        may=rules.can_list_bills,
        order="-due_on",
        filters=(
            TableFilter("side", _("Side"), lambda: BILL_SIDES, _of_side),
            TableFilter("state", _("State"), lambda: BILL_STATES, _of_bill_state),
            TableFilter("kind", _("Kind"), lambda: BillKind.choices, _of_bill_kind),
        ),
        columns=(
            TableColumn("part", _("Bill"), lambda b: b.title, url=lambda b: b.get_absolute_url()),
            TableColumn("kind", _("Kind"), lambda b: b.get_kind_display()),
            TableColumn(
                "side", _("Side"), lambda b: str(dict(BILL_SIDES)["pay" if b.is_ours else "paid"])
            ),
            TableColumn("other", _("With"), _other_of),
            TableColumn(
                "amount", _("Amount"), lambda b: b.amount_fen, form="money", sort="amount_fen"
            ),
            TableColumn("due_on", _("Due on"), lambda b: b.due_on, form="day", sort="due_on"),
            TableColumn("paid_on", _("Paid on"), lambda b: b.paid_on, form="day", is_shown=False),
            TableColumn("state", _("State"), _bill_state, form="tag", tone=_bill_tone),
        ),
    )
)
