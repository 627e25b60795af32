"""Posts: a party's own, and the operators' list of all."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting import rules, states
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.tables.tones import by_status, tone_of
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table

SEPARATOR = " · "


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
            tone=tone_of,
        ),
    )


def _post_filter() -> TableFilter:
    return TableFilter("status", _("State"), lambda: states.PostStatus.choices, by_status)


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
