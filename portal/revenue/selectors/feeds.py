"""What the columns of a feed are called in its files."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import QuerySet

from portal.core.actor import Actor
from portal.revenue import rules
from portal.revenue.models import Feed
from portal.revenue.upstream import COLUMNS


def feeds_seen_by(actor: Actor) -> QuerySet[Feed]:
    """Whose completeness somebody may ask for."""
    if rules.can_see_all_orders(actor):
        return Feed.objects.all()
    return Feed.objects.brought_by(actor)


def headers_by_column(feed: Feed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for header, column in sorted(feed.headers.items()):
        found[column].append(header)
    return dict(found)


def named_columns(feed: Feed) -> list[tuple[str, list[str]]]:
    """In the columns' order: each with a saved header, by its label."""
    found = headers_by_column(feed)
    return [(str(one.label), found[one.name]) for one in COLUMNS if one.name in found]
