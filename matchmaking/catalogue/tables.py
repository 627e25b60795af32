"""A merchant's own products as a list that sorts, filters, remembers columns and exports."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import rules
from matchmaking.catalogue.selectors import own_products
from matchmaking.catalogue.states import Channel, ProductStatus
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.parties.models import Category
from portal.policies.states import ProductSource

TONES = {"listed": "ok", "paused": "warn", "withdrawn": ""}
KEPT_BACK = _("Kept back")


def _score(row: Any) -> Any:
    return f"{row.stars:.2f}" if row.is_rated else _("Not rated yet")


def _status(row: Any) -> Any:
    return KEPT_BACK if row.gate_id else row.get_status_display()


PRODUCTS = register_table(
    TableKind(
        name="products",
        title=_("Our products"),
        url="product_list",
        rows=own_products,
        may=rules.can_see_own_products,
        daily_rows=100_000,
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: ProductStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
            TableFilter(
                "category",
                _("Category"),
                lambda: [(row.code, row.name) for row in Category.objects.all()],
                lambda rows, value: rows.filter(category__code=value),
            ),
            TableFilter(
                "source",
                _("Product source"),
                lambda: ProductSource.choices,
                lambda rows, value: rows.filter(source=value),
            ),
        ),
        columns=(
            TableColumn(
                "name",
                _("Product"),
                lambda row: row.name,
                sort="sort_key",
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.upstream_id or row.number,
            ),
            TableColumn("number", _("Number"), lambda row: row.number, is_shown=False),
            TableColumn(
                "upstream_id",
                _("Number in the order file"),
                lambda row: row.upstream_id,
                is_shown=False,
            ),
            TableColumn("category", _("Category"), lambda row: row.category.name),
            TableColumn(
                "price", _("Price"), lambda row: row.price_fen, form="money", sort="price_fen"
            ),
            TableColumn(
                "commission",
                _("Commission"),
                lambda row: f"{row.commission_bp / 100:g}%",
                sort="commission_bp",
            ),
            TableColumn("stock", _("Stock"), lambda row: row.stock, form="num", sort="stock"),
            TableColumn("score", _("Reputation"), _score, sort="score"),
            TableColumn(
                "source", _("Product source"), lambda row: row.get_source_display(), is_shown=False
            ),
            TableColumn(
                "channel",
                _("Merchant's channel"),
                lambda row: Channel(row.channel).label,
                is_shown=False,
            ),
            TableColumn(
                "changed",
                _("Changed"),
                lambda row: row.changed_at,
                form="moment",
                sort="changed_at",
                is_shown=False,
            ),
            TableColumn(
                "status",
                _("State"),
                _status,
                form="tag",
                tone=lambda row: "bad" if row.gate_id else TONES.get(row.status, ""),
            ),
        ),
    )
)
