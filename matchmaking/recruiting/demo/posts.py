"""A year of recruiting posts and what merchants offered to them, written a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from matchmaking.catalogue.models import Product
from matchmaking.engine.matching import suggest
from matchmaking.matching import Columns, published_method
from matchmaking.recruiting import services
from matchmaking.recruiting.demo.stories import (
    MOST,
    OPEN_FOR,
    Story,
    answers_of,
    happenings_of,
    offers_wanted,
)
from matchmaking.recruiting.demo.words import brief_of, note_of, title_of
from matchmaking.recruiting.fields import ApplicationFields, PostFields
from matchmaking.recruiting.matching.columns import Offered, post_table, product_table
from matchmaking.recruiting.models import Post, Promise
from matchmaking.recruiting.services import ApplicationLife, PostLife
from matchmaking.recruiting.services.posts import plain_fields
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties.demo import DEMO, World, at_work, cast_party
from portal.parties.models import Category, Membership, Party, PartyCategory
from portal.parties.states import PartyKind, PartyStatus, Role

POSTERS, MERCHANTS_PRODUCTS = 900, 6_000  # whom and what the posts of a batch are drawn from
PRICES = (0, 1_900, 3_900, 5_900, 9_900)
SPANS = (9_000, 15_000, 30_000, 90_000)
RATES = (800, 1_000, 1_500, 1_500, 2_000, 2_000, 2_500, 3_000)
SHOWN_AFTER = 7  # days after the last day for applications


@transaction.atomic
def make_posts(world: World, told: Sequence[Story]) -> None:
    """These posts, each as far as its story goes. Without products there is nothing to recruit."""
    town = _Town(world)
    if not town.products or not town.posters:
        return
    with outbox.born_delivered():
        services.write_posts(DEMO, lives=town.lives(told), acting=town.acting)


class _Town:
    """Who is there, and what they sell: read once a batch, in an order that no key decides."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.categories = {c.pk: c for c in Category.objects.filter(parent=None)}
        self.products = list(
            Product.objects.filter(status="listed", gate=None, merchant__sandbox_of=None)
            .select_related("merchant", "category")
            .defer("text", "readings", "tokens", "intro")
            .order_by("pk")[:MERCHANTS_PRODUCTS]
        )
        self.promised = set(Promise.objects.values_list("product_id", flat=True))
        self.posters = self._posters()
        self.owners = self._owners()
        shares = PartyCategory.objects.filter(party__in=self.posters)
        self.shares: dict[int, list[int]] = {}
        for party, category in shares.order_by("party", "-share", "category__code").values_list(
            "party_id", "category_id"
        ):
            if category in self.categories:
                self.shares.setdefault(party, []).append(category)

    def _posters(self) -> list[Party]:
        """The creator of the guide first."""
        kinds = (PartyKind.CREATOR, PartyKind.AGENCY)
        rows = Membership.objects.filter(
            role=Role.OWNER,
            party__kind__in=kinds,
            party__status=PartyStatus.LISTED,
            party__sandbox_of=None,
        )
        others = rows.order_by("user__email").select_related("party")[:POSTERS]
        star = cast_party(PartyKind.CREATOR)
        return [star, *(row.party for row in others if row.party_id != star.pk)]

    def _owners(self) -> dict[int, Actor]:
        keys = {party.pk for party in self.posters} | {p.merchant_id for p in self.products}
        rows = Membership.objects.filter(role=Role.OWNER, party__in=keys)
        return {
            row.party_id: Actor(user=row.user, party=row.party, role="owner", via="demo")
            for row in rows.select_related("user", "party")
        }

    def acting(self, party: Party) -> Actor:
        return self.owners[party.pk]

    def lives(self, told: Sequence[Story]) -> list[PostLife]:
        drawn = [(story, *self._draw(story)) for story in told]
        found = self._fitting([(poster, fields) for _story, poster, fields, _begun in drawn])
        return [
            self._life(story, poster, fields, begun, found[place])
            for place, (story, poster, fields, begun) in enumerate(drawn)
        ]

    def _draw(self, story: Story) -> tuple[Party, PostFields, datetime]:
        """Who posts what, and when. One in forty is the guide's creator's."""
        random = Random(f"poster:{story.number}")
        poster = self.posters[0] if random.random() < 1 / 40 else random.choice(self.posters)
        begun = self.world.ago(story.age, random)
        own = self.shares.get(poster.pk, sorted(self.categories))
        chosen = own[: random.randint(1, 3)]
        low, closes = random.choice(PRICES), clock.day_of(begun) + timedelta(days=OPEN_FOR)
        fields = PostFields(
            title=title_of(self.categories[chosen[0]].code, random),
            brief=brief_of(random),
            category_ids=chosen,
            price_low_fen=low,
            price_high_fen=low + random.choice(SPANS),
            commission_least_bp=random.choice(RATES),
            carrier=random.choices(("live", "video"), weights=(7, 3))[0],
            samples_wanted=random.choice((0, 1, 1, 2)),
            is_exclusive=random.random() < 0.06,
            live_on=closes + timedelta(days=random.randint(3, SHOWN_AFTER)),
            closes_on=closes,
            term_months=random.choice((1, 1, 3, 3, 6)),
        )
        return poster, fields, begun

    def _fitting(self, asked: Sequence[tuple[Party, PostFields]]) -> list[list[int]]:
        """The best of the pool for each, by the same engine that suggests them."""
        columns = Columns()
        posts = [Post(poster=poster, **plain_fields(fields)) for poster, fields in asked]
        left = post_table(posts, columns, [fields.category_ids for _poster, fields in asked])
        right = product_table([Offered(product) for product in self.products], columns)
        today = self.world.today.toordinal()
        best = suggest(left, right, published_method(), today=today, most=2 * MOST).products
        return [[int(place) for place in row if place >= 0] for row in best]

    def _life(
        self,
        story: Story,
        poster: Party,
        fields: PostFields,
        begun: datetime,
        fitting: Sequence[int],
    ) -> PostLife:
        random = Random(f"offers:{story.number}")
        closes = at_work(fields.closes_on + timedelta(days=1), random)
        happenings = list(happenings_of(story, begun, closes, self.world.dawn))
        wanted = min(offers_wanted(story, random), len(fitting))
        chosen = [self.products[place] for place in sorted(random.sample(fitting, wanted))]
        offers = self._offers(story, fields, begun, chosen, random)
        return PostLife(poster, fields, begun, happenings, list(offers))

    def _offers(
        self,
        story: Story,
        fields: PostFields,
        begun: datetime,
        chosen: Sequence[Product],
        random: Random,
    ) -> Iterator[ApplicationLife]:
        days = min(story.age - 1, OPEN_FOR) if story.age > 1 else 0
        for product in chosen:
            at = at_work(clock.day_of(begun) + timedelta(days=random.randint(0, days)), random)
            at = max(at, begun + timedelta(minutes=30))
            if at >= self.world.dawn or (product.listed_at or product.created_at) > at:
                continue
            promised = ApplicationFields(
                commission_bp=max(product.commission_bp, fields.commission_least_bp),
                samples=fields.samples_wanted,
                is_exclusive=fields.is_exclusive,
                note=note_of(random),
            )
            answers = answers_of(story, at, promised.commission_bp, self.world.dawn, random)
            if fields.is_exclusive and any(one.what == "accept" for one in answers):
                if product.pk in self.promised:  # to somebody else alone
                    answers = [one for one in answers if one.what != "accept"]
                self.promised.add(product.pk)
            yield ApplicationLife(product, promised, at, answers)
