"""A year of needs, from draft to award, told as lives and written a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import cast

from django.db import transaction
from django.db.models import QuerySet

from matchmaking.engine.ranking import rank
from matchmaking.engine.ranking.profiles import IntArray
from matchmaking.needs import services, states
from matchmaking.needs.demo.words import SOUGHT, WANTED, need_words, proposal_words
from matchmaking.needs.fields import NeedFields
from matchmaking.needs.ranking import filters_of, profile_of, published_method
from matchmaking.needs.ranking.market import Market, market_of
from matchmaking.needs.rules import DECISION
from matchmaking.needs.services import Event, NeedLife
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties.demo import DEMO, World, at_work, cast_party, draw, email_of, is_listed
from portal.parties.models import Category, Membership, Party, PartyCategory
from portal.parties.states import PartyKind, Role

HISTORY_DAYS = 360
FINISHED = {"awarded": 58, "expired": 14, "unchosen": 12, "cancelled": 16}  # of a hundred
ONGOING = {"open": 3, "invited": 4, "matched": 5, "shortlisted": 3, "draft": 1}
ONGOING_DAYS = 14  # a need this young has its end before it
FINISHED_DAYS = 45  # by then the longest wait for an answer and for a choice is over
SOUGHT_SHARE = 0.22  # look for an agency or a creator
MOST_LOOKED_AT = 72  # candidates of a need, of whom those there by then are asked


@dataclass(frozen=True, slots=True)
class Story:
    """A need of the history: when it was written, and how far it has come."""

    number: int
    age: int
    stage: str


def stories(count: int) -> list[Story]:
    """The oldest first, as life has it; more of them lately."""
    return sorted(map(_story, range(count)), key=lambda s: (-s.age, s.number))


def _story(number: int) -> Story:
    random = Random(f"story:{number}")
    if random.random() < 0.1:
        [stage] = random.choices(list(ONGOING), weights=list(ONGOING.values()))
        return Story(number, random.randint(4, ONGOING_DAYS), stage)
    [stage] = random.choices(list(FINISHED), weights=list(FINISHED.values()))
    spread = HISTORY_DAYS - FINISHED_DAYS
    return Story(number, FINISHED_DAYS + int(spread * random.random() ** 1.3), stage)


@transaction.atomic
def make_needs(world: World, told: Sequence[Story], merchants: int) -> None:
    """These needs, of some of the first `merchants`, each as far as its story goes."""
    town = _Town(world, merchants)
    with outbox.born_delivered():
        lives = [town.life(story) for story in told]
        services.write_needs(DEMO, lives=lives, acting=town.acting)


class _Town:
    """Who is there: merchants and bidders as they are met, of thousands a few hundred, with who
    speaks for them; and what everybody offers."""

    def __init__(self, world: World, merchants: int) -> None:
        self.world, self.merchants = world, merchants
        self.owners: dict[int, Actor] = {}
        self.numbered: dict[int, Party] = {}

    @cached_property
    def markets(self) -> dict[str, Market]:
        return {kind: market_of(PartyKind(kind)) for kind in (PartyKind.PROVIDER, *SOUGHT)}

    @cached_property
    def star(self) -> Party:
        [star] = self._meet([cast_party(PartyKind.MERCHANT).pk])
        return star

    def _introduce(self, rows: QuerySet[Membership]) -> list[Party]:
        """Parties that are met for the first time, with who speaks for them."""
        owning = rows.filter(role=Role.OWNER).select_related("user", "party__profile")
        found = []
        for row in owning:
            self.owners[row.party_id] = Actor(
                user=row.user, party=row.party, role="owner", via="demo"
            )
            found.append(row.party)
        return found

    def _meet(self, keys: Sequence[int]) -> list[Party]:
        """These parties, in this order; read once."""
        strangers = [key for key in keys if key not in self.owners]
        if strangers:
            self._introduce(Membership.objects.filter(party__in=strangers))
        actors = (self.owners.get(key) for key in keys)
        return [actor.party for actor in actors if actor is not None and actor.party is not None]

    def _by_number(self, number: int) -> Party:
        """A merchant of the crowd."""
        if number not in self.numbered:
            email = email_of(PartyKind.MERCHANT, number)
            [self.numbered[number]] = self._introduce(
                Membership.objects.filter(user__email=email, party__kind=PartyKind.MERCHANT)
            )
        return self.numbered[number]

    @cached_property
    def mains(self) -> dict[int, int]:
        """The first category of each merchant."""
        shares = PartyCategory.objects.filter(party__kind=PartyKind.MERCHANT)
        rows = shares.order_by("party", "-share", "pk").distinct("party")
        return dict(rows.values_list("party_id", "category_id"))

    def acting(self, party: Party) -> Actor:
        return self.owners[party.pk]

    def life(self, story: Story) -> NeedLife:
        random = Random(f"need:{story.number}")
        start = self.world.ago(story.age, random)
        merchant = self._merchant(random, start)
        service = random.choices(WANTED, weights=(6, 4, 3, 2, 2, 1))[0]
        own = Random(f"sought:{story.number}")  # draws nothing of what comes after
        if own.random() < SOUGHT_SHARE:
            service = own.choice(SOUGHT)
        main = self.categories[self.mains[merchant.pk]]
        with clock.standing_at(start):
            fields = need_words(self.world, main, merchant.city_id, service, random)
        if story.stage == "draft":
            return NeedLife(merchant, fields, start)
        events = [Event(start, "publish"), *self._later(story, fields, start, random)]
        return NeedLife(merchant, fields, start, events)

    @cached_property
    def categories(self) -> dict[int, Category]:
        return {category.pk: category for category in self.world.categories.values()}

    def _merchant(self, random: Random, at: datetime) -> Party:
        """Who was there at that time; the larger ask more often. One in forty is the guide's."""
        if random.random() < 1 / 40:
            return self.star
        numbers = (random.randint(1, self.merchants - 1) for _ in range(60))
        drawn = (draw(self.world, PartyKind.MERCHANT, number) for number in numbers)
        there = (p for p in drawn if is_listed(p.number) and p.verified_at < at)
        found = [portrait for portrait, _three in zip(there, range(3), strict=False)]
        if not found:
            return self.star
        chosen = max(found, key=lambda p: (p.size, p.number))
        return self._by_number(chosen.number)

    def _later(
        self, story: Story, fields: NeedFields, start: datetime, random: Random
    ) -> Iterator[Event]:
        stage = story.stage
        later = at_work(clock.day_of(start) + timedelta(days=1), random)
        if stage == "cancelled":
            yield Event(later, "cancel")
            return
        events: list[Event] = []
        if stage not in {"open", "expired"}:
            answers = 0 if stage == "invited" else random.randint(2, 4)
            pool = self._fitting(story, fields, later)
            invited = self._meet(random.sample(pool, k=min(5, len(pool))))
            events = list(_asked(fields, invited, answers, later, random))
        yield from events
        answered = [e.bidder for e in events if e.what == "submit" and e.bidder]
        if stage in {"expired", "unchosen"}:
            grace = DECISION if answered else timedelta(days=0)
            day = fields.closes_on + grace + timedelta(days=1)
            yield Event(at_work(day, random), "expire")
        elif stage in {"shortlisted", "awarded"} and answered:
            yield from _chosen(stage, answered, later, random)

    def _fitting(self, story: Story, fields: NeedFields, at: datetime) -> list[int]:
        """The first candidates of the need's own order who were there by then."""
        market, method = self.markets[fields.seeks], published_method(fields.seeks)
        profile = profile_of(fields, market.columns, key=story.number + 1)
        order = rank(profile, market.pool, method, filters_of(fields.seeks)).order[:MOST_LOOKED_AT]
        verified = cast("IntArray", market.pool.verified_day)  # every listed party was
        there = order[verified[order] < clock.day_of(at).toordinal()]
        return [int(pk) for pk in market.pool.ids[there][:24]]


def _asked(
    fields: NeedFields, providers: list[Party], answers: int, at: datetime, random: Random
) -> Iterator[Event]:
    """Invited at once; they answer one after the other, some by stepping back."""
    for provider in providers:
        yield Event(at, "invite", provider)
    moment = at
    for position, provider in enumerate(providers[: answers + 1]):
        moment += timedelta(minutes=random.randint(20, 200))
        if position < answers:
            with clock.standing_at(moment):
                offer = proposal_words(fields, getattr(provider, "profile", None), random)
            yield Event(moment, "submit", provider, offer)
        elif random.random() < 0.5:
            reason = random.choice(states.WITHDRAW_REASONS)
            yield Event(moment, "withdraw", provider, reason=reason)


def _chosen(stage: str, answered: list[Party], asked: datetime, random: Random) -> Iterator[Event]:
    chosen = random.choice(answered)
    at = at_work(clock.day_of(asked) + timedelta(days=2), random)
    yield Event(at, "shortlist", chosen)
    if stage == "awarded":
        others = [party for party in answered if party != chosen]
        for lost in others[: random.randint(0, 2)]:
            yield Event(at, "decline", lost, reason=random.choice(states.DECLINE_REASONS[:4]))
        yield Event(at, "accept", chosen)
