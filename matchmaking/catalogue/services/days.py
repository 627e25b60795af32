"""Daily facts of products, as files and the platform's interface bring them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from matchmaking.catalogue import rules
from matchmaking.catalogue.fields import DayFields
from portal.core import clock
from portal.core.actor import Actor

UPSERT = """
    INSERT INTO catalogue_productday (product_id, day, delivered, good_reviews, bad_reviews,
        quality_returns, late, complaints, told_at)
    SELECT product, day, delivered, good, bad, returns, late, complaints, %(at)s
    FROM unnest(%(product_id)s::bigint[], %(day)s::date[], %(delivered)s::int[],
        %(good_reviews)s::int[], %(bad_reviews)s::int[], %(quality_returns)s::int[],
        %(late)s::int[], %(complaints)s::int[])
        AS told(product, day, delivered, good, bad, returns, late, complaints)
    ON CONFLICT (product_id, day) DO UPDATE SET
        delivered = excluded.delivered, good_reviews = excluded.good_reviews,
        bad_reviews = excluded.bad_reviews, quality_returns = excluded.quality_returns,
        late = excluded.late, complaints = excluded.complaints, told_at = excluded.told_at
    WHERE (catalogue_productday.delivered, catalogue_productday.good_reviews,
        catalogue_productday.bad_reviews, catalogue_productday.quality_returns,
        catalogue_productday.late, catalogue_productday.complaints) IS DISTINCT FROM
        (excluded.delivered, excluded.good_reviews, excluded.bad_reviews,
        excluded.quality_returns, excluded.late, excluded.complaints)
"""
COLUMNS = (
    *("product_id", "day", "delivered", "good_reviews", "bad_reviews"),
    *("quality_returns", "late", "complaints"),
)


@transaction.atomic
def record_days(actor: Actor, *, days: Sequence[DayFields]) -> int:
    """A day told again replaces what was told before. How many rows said something new."""
    rules.can_feed_products(actor).require()
    rules.days_are_sound(days).require()
    once = {(one.product_id, one.day): one for one in days}
    values = {name: [getattr(one, name) for one in once.values()] for name in COLUMNS}
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, values | {"at": clock.now()})
        return cursor.rowcount
