"""Matching of posts and products against one blocked product of 32-bit floats over all pairs.

The floor multiplies and keeps nothing: no filters, no best 50, no parts that explain anything.
"""

import numpy as np

from matchmaking.engine.matching import (
    MatchingMethod,
    Part,
    PostTable,
    ProductTable,
    score_pairs,
    suggest,
)
from tests.bench import Row, median_ms

CATEGORIES, SOURCES, TODAY = 14, 9, 739_000
BANDS = (0, 5_000, 10_000, 20_000, 50_000)
POSTS, PRODUCTS = 6_000, 13_000
METHOD = MatchingMethod(
    version="bench",
    parts=(
        Part("category", 30),
        Part("price", 25),
        Part("commission", 15),
        Part("reputation", 12),
        Part("poster", 8),
        Part("samples", 5),
        Part("freshness", 5),
    ),
    price_bands=BANDS,
    commission_full_bp=5_000,
    unknown=0.5,
    freshness_half_life_days=90,
)


def run() -> list[Row]:
    return [
        measure("posts ask for 1–4 categories", 4, limit=2.4),
        measure("every post asks for all 14 categories", CATEGORIES, limit=15),
        measure("1–4 categories, ten times as many posts", 4, limit=2.4, posts=10 * POSTS),
        explained(),
    ]


def measure(what: str, categories: int, *, limit: float, posts: int = POSTS) -> Row:
    asked, offered = posts_of(posts, categories), products_of(PRODUCTS)
    left, right = floor_of(posts, PRODUCTS)
    ours, floor = median_ms(
        lambda: suggest(asked, offered, METHOD, today=TODAY, most=50),
        lambda: blocked_product(left, right),
        repeats=3 if posts == POSTS else 1,
    )
    name = f"match {posts:,} posts × {PRODUCTS:,} products, best 50 of each, {what}"
    return Row(name, ours, floor, "ms", "≤", limit)


def explained() -> Row:
    """One applicant's page: how its fifty products suit a post, part by part."""
    asked, offered = posts_of(1, 4), products_of(50)
    rows, columns = np.zeros(50, dtype=np.int64), np.arange(50)
    (ours,) = median_ms(
        lambda: score_pairs(asked, rows, offered, columns, METHOD, today=TODAY), repeats=50
    )
    return Row("explain 50 pairs", ours, None, "ms", "≤", 5)


def posts_of(n: int, categories: int) -> PostTable:
    random = np.random.default_rng(1)
    shares = np.zeros((n, CATEGORIES))
    for row in range(n):
        many = categories if categories == CATEGORIES else random.integers(1, categories + 1)
        chosen = random.choice(CATEGORIES, many, replace=False)
        shares[row, chosen] = random.dirichlet(np.ones(many)) + 0.01
    low = random.choice([0, 2_000, 5_000, 9_900], n).astype(np.int64)
    return PostTable(
        ids=random.permutation(n).astype(np.int64),
        posters=random.integers(0, n, n),
        category_shares=shares,
        price_low=low,
        price_high=low + random.integers(5_000, 90_000, n),
        commission_least=random.integers(0, 2_500, n),
        sources=np.where(random.random(n) < 0.7, 1, 2**SOURCES - 1).astype(np.int64),
        samples_wanted=random.integers(0, 3, n),
        exclusive=random.random(n) < 0.1,
        goods=_some_missing(random, random.dirichlet(np.ones(len(BANDS)), n)),
        reputation=_some_missing(random, random.uniform(2, 5, n)),
        on_time=_some_missing(random, random.random(n)),
    )


def products_of(n: int) -> ProductTable:
    random = np.random.default_rng(2)
    low = np.exp(random.uniform(np.log(900), np.log(200_000), n)).astype(np.int64)
    return ProductTable(
        ids=random.permutation(n).astype(np.int64),
        merchants=random.integers(0, n // 5 + 1, n),
        category=random.integers(0, CATEGORIES, n),
        price_low=low,
        price_high=(low * random.uniform(1, 1.5, n)).astype(np.int64),
        commission=random.integers(100, 5_000, n),
        source=np.where(random.random(n) < 0.8, 0, random.integers(0, SOURCES, n)).astype(np.int64),
        samples=random.integers(0, 20, n),
        stock=random.integers(0, 5_000, n),
        offers_exclusive=random.random(n) < 0.3,
        is_taken=random.random(n) < 0.02,
        reputation=_some_missing(random, random.uniform(2, 5, n)),
        listed_day=TODAY - random.integers(0, 400, n),
    )


def _some_missing(random: np.random.Generator, values: np.ndarray) -> np.ndarray:
    missing = random.random(len(values)) < 0.2
    shaped = missing if values.ndim == 1 else missing[:, None]
    return np.where(shaped, np.nan, values)


def floor_of(posts: int, products: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    width = CATEGORIES + len(BANDS)
    return (
        random.random((posts, width), dtype=np.float32),
        random.random((width, products), dtype=np.float32),
    )


def blocked_product(left: np.ndarray, right: np.ndarray) -> None:
    for start in range(0, len(left), 256):
        left[start : start + 256] @ right
