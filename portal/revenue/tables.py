"""Lists of order lines that sort, filter and export: a party's own, and the operators' of all."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.revenue import rules
from portal.revenue.models import OrderLine
from portal.revenue.order_states import Carrier, Sign

STATES = [
    ("open", _("Expected")),
    ("settled", _("Settled")),
    ("refunded", _("With a refund")),
]


def _of_state(rows: QuerySet[OrderLine], value: str) -> QuerySet[OrderLine]:
    if value == "settled":
        return rows.filter(settled_fen__gt=0)
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


def _filters(*more: TableFilter) -> tuple[TableFilter, ...]:
    def of_carrier(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(carrier=value)

    return (
        TableFilter("state", _("State"), lambda: STATES, _of_state),
        TableFilter("carrier", _("Carrier"), lambda: Carrier.choices, of_carrier),
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
