"""Saving what the columns of a feed are called in its files."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from portal.core import audit
from portal.core.actor import Actor
from portal.core.verdict import flawless
from portal.revenue import rules
from portal.revenue.models import Feed
from portal.revenue.rules import Headers


@transaction.atomic
def save_headers(actor: Actor, *, feed: Feed, headers: Headers) -> Feed:
    """In the place of those that were saved before; none takes them away."""
    rules.can_import_orders(actor).require()
    feed, others = _lock(feed)
    flawless(rules.flaws_of_headers(feed, headers, others)).require()
    before, feed.headers = feed.headers, _by_header(headers)
    if before != feed.headers:
        feed.save(update_fields=["headers"])
        after = {"headers": feed.headers}
        audit.record(actor, "save_headers", feed, before={"headers": before}, after=after)
    return feed


def _lock(feed: Feed) -> tuple[Feed, Sequence[Feed]]:
    """All of them, in one order: a header means one column in whichever feed."""
    feeds = {one.pk: one for one in Feed.objects.select_for_update(no_key=True).order_by("code")}
    return feeds.pop(feed.pk), list(feeds.values())


def _by_header(headers: Headers) -> dict[str, str]:
    return {header: column for column, said in sorted(headers.items()) for header in said}
