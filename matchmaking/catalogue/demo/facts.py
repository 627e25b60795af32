"""What was counted of the demo's products, their reputation week by week, and the boards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random

from django.db import transaction

from matchmaking.catalogue import services
from matchmaking.catalogue.fields import DayFields
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.states import ON_OFFER
from portal.core import clock, outbox
from portal.parties.demo import DEMO, World
from portal.revenue.models import OrderLine

WEEKS = 12
AT_ONCE = 20_000
OF_SELLERS = tuple(range(2, 176, 12))  # days ago that are told of products that sell
OF_OTHERS = (3, 24, 47, 71)
QUIET = 0.5  # of the others nothing is known


@transaction.atomic
def make_facts(world: World) -> None:
    sellers = set(OrderLine.objects.values_list("merchant", flat=True).distinct())
    rows = Product.objects.filter(status__in=ON_OFFER).order_by("pk")
    told = (
        day
        for pk, name, merchant, of in rows.values_list(
            "pk", "name", "merchant", "merchant__name"
        ).iterator(chunk_size=5_000)
        for day in _days(world, pk, f"{of}:{name}", merchant in sellers)
    )
    while some := list(islice(told, AT_ONCE)):
        services.record_days(DEMO, days=some)


def _days(world: World, product: int, named: str, sells: bool) -> Iterator[DayFields]:
    random = Random(f"product-days:{named}")  # a key is another in the next load
    if not sells and random.random() < QUIET:
        return
    care = random.betavariate(6, 1.6)  # how well its merchant works
    size = random.choice((6, 12, 20, 45) if sells else (3, 8, 14))
    for ago in OF_SELLERS if sells else OF_OTHERS:
        delivered = max(1, round(size * random.uniform(0.5, 1.6)))
        reviews = round(delivered * random.uniform(0.2, 0.5))
        bad = _some(reviews, 0.20 * (1 - care), random)
        yield DayFields(
            product,
            world.today - timedelta(days=ago),
            delivered=delivered,
            good_reviews=reviews - bad,
            bad_reviews=bad,
            quality_returns=_some(delivered, 0.10 * (1 - care), random),
            late=_some(delivered, 0.16 * (1 - care), random),
            complaints=_some(delivered, 0.05 * (1 - care), random),
        )


def _some(of: int, share: float, random: Random) -> int:
    """How many of so many, when each is one with this chance."""
    return sum(random.random() < share for _ in range(of))


def last_weeks(world: World) -> list[date]:
    """The Mondays of the weeks that are over, the oldest first."""
    monday = world.today - timedelta(days=world.today.weekday())
    return [monday - timedelta(days=7 * n) for n in range(WEEKS, 0, -1)]


@transaction.atomic
def rate_week(world: World, number: int) -> None:
    """As it stood when that week ended; the last one as of yesterday."""
    weeks = last_weeks(world)
    day = weeks[number] + timedelta(days=6)
    with outbox.born_delivered():
        services.rate_all(day)
        if number == WEEKS - 1 and day < world.today - timedelta(days=1):
            services.rate_all(world.today - timedelta(days=1))


@transaction.atomic
def make_boards(world: World) -> None:
    for week in last_weeks(world):
        early = datetime.combine(week + timedelta(days=7), time(4, 40), clock.SHANGHAI)
        with outbox.born_delivered(), clock.standing_at(early):
            services.make_boards(week)
