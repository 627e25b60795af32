"""Applications that came in, and those that were handed in."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.matching import PART_CODES
from matchmaking.recruiting import rules, states
from matchmaking.recruiting.matching import SHORT_NAMES, published_method
from matchmaking.recruiting.models import Application
from matchmaking.recruiting.tables.tones import by_status, tone_of
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.core.web import whole_number
from portal.parties.models import Category

# The others are the poster's own, and the same in every row of a post.
PRODUCT_PARTS = ("category", "price", "commission", "reputation", "freshness")


def _received(actor: Actor) -> QuerySet[Application]:
    rows = Application.objects.received_by(actor).annotate(**_sorted_parts())
    return rows.select_related("post", "product__category", "merchant")


def _sorted_parts() -> dict[str, Coalesce]:
    """What a part is worth, for sorting; below every other where it was not kept."""
    return {
        f"by_{code}": Coalesce(F(f"parts__{PART_CODES.index(code)}"), Value(-1))
        for code in PRODUCT_PARTS
    }


def _sent(actor: Actor) -> QuerySet[Application]:
    rows = Application.objects.sent_by(actor)
    return rows.select_related("post__poster", "product")


def _categories() -> list[tuple[str, str]]:
    rows = Category.objects.filter(parent=None).order_by("pk")
    return [(category.code, str(category)) for category in rows]


def _waiting_for(rows: Any, value: str) -> QuerySet[Any]:
    return rows.waiting_for(value)


def _part(code: str, *, is_shown: bool) -> TableColumn:
    """How much of the part's points, as a bar; the points beside it, and in a file."""
    weight = next(part.weight for part in published_method().parts if part.code == code)

    def percent(row: Application) -> int | None:
        points = row.points_of(code)
        return None if points is None else min(round(100 * points / weight), 100)

    def out_of(row: Application) -> str:
        points = row.points_of(code)
        return "" if points is None else f"{points:.1f} / {weight:g}"

    return TableColumn(
        f"part_{code}",
        SHORT_NAMES[code],
        percent,
        form="bar",
        sort=f"by_{code}",
        note=out_of,
        plain=lambda row: row.points_of(code),
        is_shown=is_shown,
        marks=True,
    )


STATUSES = [("live", _("All that stand")), *states.ApplicationStatus.choices]


def _percent(row: Any) -> str:
    return f"{row.commission_bp / 100:g}%"


def _stars(row: Any) -> str:
    return "" if row.stars is None else f"{row.stars:.2f}"


APPLICATIONS = register_table(
    TableKind(
        name="post_applications",
        title=_("Applications"),
        url="post_application_list",
        rows=_received,
        may=rules.can_list_received,
        order="-match_bp",
        size=50,
        daily_rows=50_000,
        filters=(
            TableFilter(
                "post",
                _("Post"),
                list,
                lambda rows, value: rows.filter(post=whole_number(value)),
                is_shown=False,
            ),
            TableFilter("status", _("State"), lambda: STATUSES, by_status),
            TableFilter(
                "category",
                _("Category"),
                _categories,
                lambda rows, value: rows.filter(
                    Q(product__category__code=value) | Q(product__category__parent__code=value)
                ),
            ),
            TableFilter(
                "waits",
                _("Waiting"),
                lambda: [("poster", _("For us")), ("merchant", _("For the merchant"))],
                _waiting_for,
            ),
        ),
        columns=(
            TableColumn(
                "pick",
                "",
                lambda row: f"{row.pk}:{row.version}" if row.is_live else "",
                form="pick",
                note=lambda row: row.product.name,
            ),
            TableColumn(
                "product",
                _("Product"),
                lambda row: row.product.name,
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.merchant.name,
            ),
            TableColumn(
                "post",
                _("Post"),
                lambda row: row.post.title,
                url=lambda row: row.post.get_absolute_url(),
                is_shown=False,
            ),
            TableColumn(
                "match",
                _("Match"),
                lambda row: row.match,
                form="num",
                sort="match_bp",
                note=lambda row: _("%(n)s%% sure") % {"n": row.certainty},
            ),
            *(_part(code, is_shown=code in {"category", "price"}) for code in PRODUCT_PARTS),
            TableColumn(
                "price", _("Price"), lambda row: row.price_fen, form="money", sort="price_fen"
            ),
            TableColumn(
                "commission",
                _("Commission"),
                _percent,
                sort="commission_bp",
                note=lambda row: _("version %(n)s") % {"n": row.version} if row.version > 1 else "",
            ),
            TableColumn("score", _("Reputation"), _stars, sort="score"),
            TableColumn("samples", _("Samples"), lambda row: row.samples, form="num"),
            TableColumn(
                "stock", _("Stock"), lambda row: row.product.stock, form="num", is_shown=False
            ),
            TableColumn(
                "category", _("Category"), lambda row: str(row.product.category), is_shown=False
            ),
            TableColumn(
                "submitted",
                _("Handed in at"),
                lambda row: row.submitted_at,
                form="moment",
                sort="submitted_at",
            ),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=tone_of,
            ),
        ),
    )
)


SENT = register_table(
    TableKind(
        name="own_applications",
        title=_("Our applications"),
        url="post_application_own",
        rows=_sent,
        may=rules.can_list_sent,
        order="-submitted_at",
        filters=(TableFilter("status", _("State"), lambda: STATUSES, by_status),),
        columns=(
            TableColumn(
                "product",
                _("Product"),
                lambda row: row.product.name,
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.number,
            ),
            TableColumn(
                "post",
                _("Post"),
                lambda row: row.post.title,
                url=lambda row: row.post.get_absolute_url(),
                note=lambda row: row.post.poster.name,
            ),
            TableColumn("match", _("Match"), lambda row: row.match, form="num", sort="match_bp"),
            TableColumn("commission", _("Commission"), _percent, sort="commission_bp"),
            TableColumn(
                "submitted",
                _("Handed in at"),
                lambda row: row.submitted_at,
                form="moment",
                sort="submitted_at",
            ),
            TableColumn(
                "reason",
                _("Reason"),
                lambda row: row.get_reason_display() if row.reason else "",
                note=lambda row: row.reason_note,
            ),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=tone_of,
            ),
        ),
    )
)
