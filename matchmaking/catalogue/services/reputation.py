"""Reputation, computed each day from the facts of ninety days; only what changed is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction

from matchmaking.catalogue.models import Product, Reputation
from matchmaking.catalogue.services.gates import project_gates
from matchmaking.engine import reputation as engine
from portal.conduct.selectors import points_of
from portal.core import bulk, clock

FACTS = """
    SELECT product_id, %(day)s::date - day, delivered, good_reviews, bad_reviews, quality_returns,
        late, complaints
    FROM catalogue_productday
    WHERE day > %(day)s::date - %(window)s AND day <= %(day)s::date
    ORDER BY product_id, day
"""
LATEST = """
    SELECT DISTINCT ON ({owner}_id) {owner}_id, score, delivered FROM catalogue_reputation
    WHERE {owner}_id IS NOT NULL AND day <= %s ORDER BY {owner}_id, day DESC
"""
SCORES = """
    UPDATE catalogue_product product SET score = told.score
    FROM unnest(%s::bigint[], %s::int[]) AS told(id, score)
    WHERE product.id = told.id AND product.score <> told.score
"""
# Settled orders that a creator brought of each product, by their day in Shanghai.
PROMOTED = """
    SELECT line.creator_id, product.id, product.score,
        %(day)s::date - (event.occurred_at AT TIME ZONE 'Asia/Shanghai')::date AS age, count(*)
    FROM revenue_orderevent event
    JOIN revenue_orderline line ON line.id = event.line_id
    JOIN catalogue_product product
      ON product.merchant_id = line.merchant_id AND product.upstream_id = line.product
     AND product.upstream_id <> ''
    WHERE event.kind = 'settled' AND event.phase = 1 AND line.creator_id IS NOT NULL
      AND event.occurred_at >= %(first)s AND event.occurred_at < %(end)s
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 4
"""
NOT_RATED = -1


@transaction.atomic
def rate_all(day: date | None = None) -> int:
    """Products first, then creators by the goods they brought. How many rows were written."""
    day = day or clock.today()
    written = _rate_products(day) + _rate_creators(day)
    project_gates()
    return written


def _rate_products(day: date) -> int:
    found = _ratings_of_products(day)
    written = _write("product", day, found)
    scores = [NOT_RATED if row["score"] is None else row["score"] for row in found.values()]
    with connection.cursor() as cursor:
        cursor.execute(SCORES, [list(found), scores])
    Product.objects.filter(score__gte=0).exclude(pk__in=list(found)).update(score=NOT_RATED)
    return written


def _ratings_of_products(day: date) -> dict[int, dict[str, Any]]:
    facts = np.array(_ask(FACTS, {"day": day, "window": engine.WINDOW_DAYS}), dtype=np.int64)
    if not facts.size:
        return {}
    keys, owners = np.unique(facts[:, 0], return_inverse=True)
    ages, counts = facts[:, 1].astype(np.float64), facts[:, 2:].astype(np.float64)
    conduct = _conduct_of_products([int(key) for key in keys], _end(day))
    ratings = engine.rate_products(owners, ages, counts, conduct)
    return {int(key): _row_of(one) for key, one in zip(keys, ratings, strict=True)}


def _conduct_of_products(keys: Sequence[int], at: datetime) -> Any:
    merchants = dict(Product.objects.filter(pk__in=keys).values_list("pk", "merchant"))
    points = points_of(set(merchants.values()), at)
    return np.array([engine.conduct_score(points[merchants[key]]) for key in keys])


def _rate_creators(day: date) -> int:
    window = {
        "day": day,
        "first": _end(day - timedelta(days=engine.WINDOW_DAYS)),
        "end": _end(day),
    }
    brought: dict[int, dict[int, list[float]]] = {}
    for creator, product, score, age, orders in _ask(PROMOTED, window):
        told = brought.setdefault(creator, {}).setdefault(product, [score, 0, 0.0])
        told[1] += orders
        told[2] += orders * float(engine.decay(age))
    points = points_of(brought, _end(day))
    found = {
        creator: _row_of_creator(goods.values(), engine.conduct_score(points[creator]))
        for creator, goods in brought.items()
    }
    return _write("creator", day, found)


def _row_of(rating: engine.Rating) -> dict[str, Any]:
    score = None if rating.score is None else round(rating.score * 100)
    parts = {part.name: {"score": part.score, **part.rates} for part in rating.parts}
    return {"score": score, "delivered": rating.delivered, "parts": parts}


def _row_of_creator(goods: Iterable[Sequence[float]], conduct: float) -> dict[str, Any]:
    promoted = [
        engine.Promoted(None if score < 0 else score / 100, int(orders), weight)
        for score, orders, weight in goods
    ]
    rating = engine.rate_creator(promoted, conduct)
    score = None if rating.score is None else round(rating.score * 100)
    parts = {"goods": rating.goods, "conduct": rating.conduct}
    return {"score": score, "delivered": rating.orders, "parts": parts}


def _write(owner: str, day: date, found: dict[int, dict[str, Any]]) -> int:
    """Rows whose score or count differs from the last; who had one and is not known any more is
    not rated."""
    last = {key: (score, count) for key, score, count in _ask(LATEST.format(owner=owner), [day])}
    gone: dict[int, dict[str, Any]] = {
        key: {"score": None, "delivered": 0, "parts": {}} for key in last.keys() - found.keys()
    }
    rows = [
        Reputation(**{f"{owner}_id": key}, day=day, **row)
        for key, row in {**found, **gone}.items()
        if last.get(key) != (row["score"], row["delivered"])
    ]
    known = Reputation.objects.filter(day=day, **{f"{owner}__isnull": False})
    said = set(known.values_list(owner, flat=True))
    rows = [row for row in rows if getattr(row, f"{owner}_id") not in said]
    bulk.insert(rows)
    return len(rows)


def _ask(statement: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _end(day: date) -> datetime:
    """When a day ends in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)
