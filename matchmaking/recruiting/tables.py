"""Lists of posts and applications that sort, filter, remember columns and export."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting import rules, states
from matchmaking.recruiting.models import Application, Post
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.core.web import whole_number
from portal.parties.models import Category

TONES = {
    "open": "ok",
    "paused": "warn",
    "submitted": "info",
    "shortlisted": "info",
    "negotiating": "warn",
    "accepted": "ok",
    "rejected": "bad",
}
SEPARATOR = " · "


def _tone(row: Any) -> str:
    return TONES.get(row.status, "")


def _received(actor: Actor) -> QuerySet[Application]:
    rows = Application.objects.received_by(actor)
    return rows.select_related("post", "product__category", "merchant")


def _sent(actor: Actor) -> QuerySet[Application]:
    rows = Application.objects.sent_by(actor)
    return rows.select_related("post__poster", "product")


def _own_posts(actor: Actor) -> QuerySet[Post]:
    return (
        Post.objects.owned_by(actor)
        .prefetch_related("categories")
        .annotate(received=_count(), waiting=_count(status__in=states.LIVE, offered_by="merchant"))
    )


def _every_post(actor: Actor) -> QuerySet[Post]:
    real = Post.objects.published().filter(poster__sandbox_of=None).select_related("poster")
    counted = real.annotate(received=_count())
    return counted.in_scope_of(actor.user) if actor.user else counted.none()


def _count(**conditions: Any) -> Coalesce:
    """Of the applications of a post, for the rows of one page alone: nothing sorts by it."""
    rows = Application.objects.filter(post=OuterRef("pk"), **conditions).order_by()
    counted = rows.values("post").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _categories() -> list[tuple[str, str]]:
    rows = Category.objects.filter(parent=None).order_by("pk")
    return [(category.code, str(category)) for category in rows]


def _by_status(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "live":
        return rows.filter(status__in=states.LIVE)
    return rows.filter(status=value)


def _waiting_for(rows: Any, value: str) -> QuerySet[Any]:
    return rows.waiting_for(value)


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
            TableFilter("status", _("State"), lambda: STATUSES, _by_status),
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
                tone=_tone,
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
        filters=(TableFilter("status", _("State"), lambda: STATUSES, _by_status),),
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
                tone=_tone,
            ),
        ),
    )
)


def _post_columns(*more: TableColumn) -> tuple[TableColumn, ...]:
    return (
        *more,
        TableColumn(
            "categories",
            _("Categories"),
            lambda row: SEPARATOR.join(str(category) for category in row.categories.all()),
        ),
        TableColumn(
            "commission",
            _("Least commission"),
            lambda row: f"{row.commission_least_bp / 100:g}%",
            sort="commission_least_bp",
        ),
        TableColumn("received", _("Applications"), lambda row: row.received, form="num"),
        TableColumn("closes", _("Closes"), lambda row: row.closes_on, form="day", sort="closes_on"),
        TableColumn(
            "live", _("First shown on"), lambda row: row.live_on, form="day", sort="live_on"
        ),
        TableColumn(
            "status",
            _("State"),
            lambda row: row.get_status_display(),
            form="tag",
            tone=_tone,
        ),
    )


def _post_filter() -> TableFilter:
    return TableFilter("status", _("State"), lambda: states.PostStatus.choices, _by_status)


POSTS = register_table(
    TableKind(
        name="posts",
        title=_("Our posts"),
        url="post_list",
        rows=_own_posts,
        may=rules.can_list_own_posts,
        order="-created_at",
        keeps=("view",),
        filters=(_post_filter(),),
        columns=_post_columns(
            TableColumn(
                "title",
                _("Post"),
                lambda row: row.title,
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.number,
            ),
            TableColumn("waiting", _("To answer"), lambda row: row.waiting, form="num"),
        ),
    )
)


EVERY_POST = register_table(
    TableKind(
        name="every_post",
        title=_("All recruiting posts"),
        url="post_register",
        rows=lambda actor: _every_post(actor).prefetch_related("categories"),
        may=rules.can_register_posts,
        order="-created_at",
        filters=(_post_filter(),),
        columns=_post_columns(
            TableColumn(
                "title",
                _("Post"),
                lambda row: row.title,
                url=lambda row: reverse("admin:recruiting_post_change", args=[row.pk]),
                note=lambda row: row.number,
            ),
            TableColumn("poster", _("Poster"), lambda row: row.poster.name),
        ),
    )
)
