"""How products suit posts: for a page, for an application, and for suggestions both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

import numpy as np
from django.db.models import Q

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.states import ProductStatus
from matchmaking.engine.matching import (
    PART_CODES,
    PairScores,
    PostTable,
    ProductTable,
    gaps,
    score_pairs,
)
from matchmaking.matching import (
    Columns,
    PartLine,
    certainty_of,
    lines_of,
    pool_rows,
    pool_table,
    published_method,
)
from matchmaking.recruiting.fields import ApplicationFields
from matchmaking.recruiting.matching.columns import (
    Offered,
    post_table,
    product_table,
    taken_products,
)
from matchmaking.recruiting.matching.words import GapLine, gap_line
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.sources import read_source_rules
from matchmaking.recruiting.states import STANDING
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.blocks import kept_apart_from

MOST_SCORED = 10_000  # of what the database lets through, the newest
MOST_GLANCED = 2_000  # of these, for a few beside something else
UNITS_PER_BP, UNITS_PER_POINT = 10, 1_000  # a thousandth of a point is a unit


@dataclass(frozen=True, slots=True)
class Match:
    """A post and a product: points from 0 to 100, how sure they are in percent, and what lacks."""

    post: Post
    product: Product
    match_bp: int
    certainty: int
    parts: list[PartLine]
    gaps: list[GapLine]

    @property
    def points(self) -> int:
        return round(self.match_bp / 100)

    @property
    def part_units(self) -> list[int]:
        """Thousandths of a point of each part, in the order of `PART_CODES`."""
        points = {part.code: part.points for part in self.parts}
        return [round(points[code] * UNITS_PER_POINT) for code in PART_CODES]

    @property
    def fits(self) -> bool:
        return not self.hard_gaps

    @property
    def hard_gaps(self) -> list[GapLine]:
        return [gap for gap in self.gaps if gap.is_hard]

    @property
    def soft_gaps(self) -> list[GapLine]:
        return [gap for gap in self.gaps if not gap.is_hard]


def match_products(
    post: Post, products: Sequence[Product], promised: ApplicationFields | None = None
) -> list[Match]:
    """These products against one post, in their order; `promised` is what an application says
    beyond the public plan. A fixed number of queries."""
    keys = [product.pk for product in products]
    taken = taken_products(keys, post.live_on, post.poster_id) if keys else set()
    offered = [Offered(product, product.pk in taken, promised) for product in products]
    return _Pairs([post], offered).matches()


def match_posts(product: Product, posts: Sequence[Post]) -> list[Match]:
    """One product against these posts, in their order, with what it says of itself."""
    return _Pairs(posts, [Offered(product)]).matches()


def suggest_products(post: Post, *, most: int = 20, among: int = MOST_SCORED) -> list[Match]:
    """The best products for a post that are not offered to it yet. What can be asked of a row is
    asked in the database; the engine orders what is left, the newest `among` them."""
    categories = [category.pk for category in post.categories.all()]
    standing = Application.objects.filter(post=post, status__in=STANDING).values("product")
    rows = Product.objects.filter(
        Q(category__in=categories) | Q(category__parent__in=categories),
        status=ProductStatus.LISTED,
        gate=None,
        stock__gt=0,
        price_fen__range=(post.price_low_fen, post.price_high_fen),
        commission_bp__gte=post.commission_least_bp,
        source__in=read_source_rules().allowed(post.carrier, post.live_on) & set(post.sources),
        merchant__sandbox_of=post.poster.sandbox_of_id,
    ).exclude(merchant__in=kept_apart_from(post.poster_id))
    if post.samples_wanted:
        rows = rows.filter(sends_samples=True)
    found = pool_rows(rows.exclude(pk__in=standing).order_by("-pk")[:among])
    places = Columns()
    left = post_table([post], places)
    units = _scores_of_pool(left, pool_table(found, places)).units
    best = _whole_products([found[place][0] for place in _best(units, most)])
    taken = taken_products([one.pk for one in best], post.live_on, post.poster_id) if best else ()
    offered = [Offered(product, product.pk in taken) for product in best]
    pairs = _Pairs([post], offered, places, left)
    return [match for match in pairs.matches() if match.fits]


def _scores_of_pool(left: PostTable, right: ProductTable) -> PairScores:
    columns = np.arange(len(right.ids))
    rows, today = np.zeros_like(columns), clock.today().toordinal()
    return score_pairs(left, rows, right, columns, published_method(), today=today)


def _whole_products(keys: Sequence[int]) -> list[Product]:
    """In this order."""
    rows = Product.objects.filter(pk__in=keys).select_related("merchant__city", "category")
    by_key = {product.pk: product for product in rows}
    return [by_key[key] for key in keys if key in by_key]


def suggest_posts(actor: Actor, product: Product, *, most: int = 20) -> list[Match]:
    """The best open posts for a product that it is not offered to yet."""
    standing = Application.objects.filter(product=product, status__in=STANDING).values("post")
    rows = (
        Post.objects.taking_applications()
        .visible_to(actor)
        .filter(
            categories=product.category.parent_id or product.category_id,
            price_low_fen__lte=product.price_fen,
            price_high_fen__gte=product.price_fen,
            sources__contains=[product.source],
        )
        .exclude(pk__in=standing)
        .exclude(poster__in=kept_apart_from(product.merchant_id))
        .select_related("poster__city")
        .prefetch_related("categories")
    )
    posts = list(rows.order_by("-pk")[:MOST_SCORED])
    scores = _Pairs(posts, [Offered(product)]).scores()
    units = np.where(scores.is_match, scores.units, -1)
    best = [posts[place] for place in _best(units, most) if units[place] >= 0]
    return match_posts(product, best)


class Score(NamedTuple):
    """What an application keeps of its match."""

    match_bp: int
    certainty: int
    part_units: list[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """`scores`: of each offer; `gaps`: the hard ones of the first that lacks
    something, none where all may be taken."""

    scores: list[Score]
    gaps: list[GapLine]


def judge_pairs(
    posts: Sequence[Post],
    asked_of: Sequence[Sequence[int]],
    offers: Sequence[tuple[int, Product, ApplicationFields, date]],
) -> Judged:
    """Many offers at once: the place of the post, the product, what is promised, and on which day.
    Posts need no rows in the database yet: `asked_of` holds the keys of their categories."""
    if not offers:
        return Judged([], [])
    today, places = clock.today(), Columns()
    left = post_table(posts, places, asked_of)
    offered = [
        Offered(product, promised=promised, aged_days=(today - day).days)
        for _place, product, promised, day in offers
    ]
    right = product_table(offered, places)
    rows, columns = np.array([place for place, *_ in offers]), np.arange(len(offers))
    method = published_method()
    scores = score_pairs(left, rows, right, columns, method, today=today.toordinal())
    lacking = np.flatnonzero(~scores.is_match)
    if len(lacking):
        at = int(lacking[0])
        found = gaps(left, int(rows[at]), right, at)
        return Judged([], [gap_line(gap, posts[int(rows[at])]) for gap in found])
    return Judged(_scores(scores), [])


def _scores(scores: PairScores) -> list[Score]:
    codes = [part.code for part in published_method().parts]
    order = [codes.index(code) for code in PART_CODES]
    certain = np.rint(scores.certainty * 100).astype(int).tolist()
    parts = np.rint(scores.points[:, order] * UNITS_PER_POINT).astype(int).tolist()
    return list(map(Score, (scores.units // UNITS_PER_BP).tolist(), certain, parts))


def _best(units: np.ndarray, most: int) -> list[int]:
    """Places of the best; equal ones as they came, which is the newest first."""
    return [int(place) for place in np.argsort(-units, kind="stable")[:most]]


class _Pairs:
    """Either one post and many products, or many posts and one product."""

    def __init__(
        self,
        posts: Sequence[Post],
        offered: Sequence[Offered],
        places: Columns | None = None,
        left: PostTable | None = None,
    ) -> None:
        self.posts, self.offered = posts, offered
        n = len(posts) * len(offered)
        every, first = np.arange(n), np.zeros(n, dtype=np.int64)
        is_one_post = len(posts) == 1
        self.rows, self.columns = (first, every) if is_one_post else (every, first)
        places = places or Columns()
        self.left: PostTable = left or post_table(posts, places)
        self.right: ProductTable = product_table(offered, places)

    def scores(self) -> PairScores:
        today, method = clock.today().toordinal(), published_method()
        return score_pairs(self.left, self.rows, self.right, self.columns, method, today=today)

    def matches(self) -> list[Match]:
        scores = self.scores()
        return [self._match(scores, place) for place in range(len(self.rows))]

    def _match(self, scores: PairScores, place: int) -> Match:
        row, column = int(self.rows[place]), int(self.columns[place])
        post = self.posts[row]
        return Match(
            post=post,
            product=cast("Product", self.offered[column].product),  # whole, where it is shown
            match_bp=int(scores.units[place]) // UNITS_PER_BP,
            certainty=certainty_of(scores, place),
            parts=lines_of(scores, place),
            gaps=[gap_line(gap, post) for gap in gaps(self.left, row, self.right, column)],
        )
