"""A year of orders of the shops that cooperate: paid, settled after the return window, some given
back before or after; told as a feed tells them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from matchmaking.cooperation.demo.lives import notice_of
from matchmaking.cooperation.demo.new_shops import new_shops
from matchmaking.cooperation.demo.parts import of_part, places
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import LIVE, OVER
from portal.core import clock
from portal.parties.demo import DEMO, World
from portal.parties.models import RosterEntry
from portal.parties.states import PartyKind
from portal.policies.states import ProductSource
from portal.revenue import services
from portal.revenue.cold_starts import ENOUGH_FEN
from portal.revenue.models import Feed
from portal.revenue.order_fields import EventFields, LineFacts
from portal.revenue.order_states import Carrier, EventKind

A_YEAR = timedelta(days=365)
WINDOW = timedelta(days=15)  # of returns
AT_ONCE = 10_000  # events
MOST_CREATORS = 5  # of an agency, for one cooperation
MOST_FEN = 600_000  # of a piece in a new shop
CARRIERS = [Carrier.LIVE] * 6 + [Carrier.VIDEO] * 3 + [Carrier.WINDOW]


def make_orders(world: World, *, part: int, of: int, lines: int, turn: int = 0) -> None:
    """`lines` order lines in all, spread over the cooperations of this part. Another turn makes as
    many more."""
    cooperations = list(sharing(part, of).prefetch_related("categories", "products"))
    feed = Feed.objects.get(code="douyin")
    place = places(part, of)
    events = _events(world, [(one, place[one.pk]) for one in cooperations], lines, turn)
    while some := list(islice(events, AT_ONCE)):
        services.record_orders(DEMO, feed=feed, events=some)


def sharing(part: int, of: int) -> QuerySet[Cooperation]:
    """Those of one part that live from their turnover; agreed ones from their first day on, also
    where that is not lived yet."""
    rows = Cooperation.objects.filter(share_bp__gt=0, status__in=LIVE | OVER)
    return of_part(rows, part, of).select_related("merchant", "provider")


def _events(
    world: World, cooperations: list[tuple[Cooperation, int]], lines: int, turn: int
) -> Iterator[EventFields]:
    """Each cooperation with its place, which its chances are drawn by."""
    spans = [(one, place, *_span(world, one)) for one, place in cooperations]
    spans = [span for span in spans if span[2] <= span[3]]
    opened = new_shops(one for one, _place in cooperations)
    days = sum((last - first).days + 1 for _one, _place, first, last in spans)
    for cooperation, place, first, last in spans:
        random = Random(f"orders:{place}:{turn}" if turn else f"orders:{place}")
        count = lines * ((last - first).days + 1) // days
        shop = opened.get(cooperation.pk, "")
        yield from _of_cooperation(world, cooperation, first, last, count, turn, random, shop)


def _span(world: World, cooperation: Cooperation) -> tuple[date, date]:
    ended = clock.day_of(cooperation.ended_at) if cooperation.ended_at else cooperation.ends_on
    if (notice := notice_of(world, cooperation)) is not None:
        ended = min(ended, notice.effective)
    last = min(cooperation.ends_on, ended, world.today) - timedelta(days=1)
    return max(cooperation.starts_on, world.today - A_YEAR), last


def _of_cooperation(
    world: World,
    cooperation: Cooperation,
    first: date,
    last: date,
    count: int,
    turn: int,
    random: Random,
    new_shop: str,
) -> Iterator[EventFields]:
    found = [category.pk for category in cooperation.categories.all()]
    categories: list[int | None] = [*found] or [None]
    price = random.randint(39, 399) * 100  # what its goods cost about
    goods = [product.upstream_id for product in cooperation.products.all() if product.upstream_id]
    creators = _creators(cooperation)
    if new_shop:
        price = _price_of_start(count, random)
    for number in range(count):
        day = first + timedelta(days=random.randint(0, (last - first).days))
        facts = LineFacts(
            order=f"69{cooperation.pk:05d}{turn:02d}{number:05d}",
            line="1",
            merchant_id=cooperation.merchant_id,
            creator_id=_creator_on(day, creators, random),
            shop=new_shop or f"shop-{cooperation.merchant_id}",
            product=random.choice(goods)
            if goods
            else f"sku-{cooperation.merchant_id}-{random.randint(1, 12)}",
            category_id=random.choice(categories),
            product_source=ProductSource.SHOP,
            carrier=random.choice(CARRIERS),
            live=f"live-{cooperation.merchant_id}-{day:%Y%m%d}",
            buyer=f"{random.getrandbits(64):016x}",
        )
        yield from _of_line(world, facts, _moment(day, random), price, random)


Signed = list[tuple[int, DateRange]]  # a creator, and when it was under contract


def _creators(cooperation: Cooperation) -> Signed:
    """Who shows its goods: the creator itself, or those of the agency."""
    if (creator := creator_of(cooperation)) is not None:
        return [(creator, DateRange(date.min, None))]
    if cooperation.provider.kind != PartyKind.AGENCY:
        return []
    signed = RosterEntry.objects.bound().of_agency(cooperation.provider).order_by("pk")
    return list(signed.values_list("creator", "period")[:MOST_CREATORS])


def _creator_on(day: date, creators: Signed, random: Random) -> int | None:
    there = [creator for creator, period in creators if day in period]
    return random.choice(there) if there else None


def _price_of_start(count: int, random: Random) -> int:
    """What a new shop's goods cost, so that most of them settle ¥100,000 while it is new."""
    part = random.uniform(0.15, 1.1)
    return min(MOST_FEN, max(3_900, round(ENOUGH_FEN / max(1, count) / part)))


def creator_of(cooperation: Cooperation) -> int | None:
    is_creator = cooperation.provider.kind == PartyKind.CREATOR
    return cooperation.provider_id if is_creator else None


def _moment(day: date, random: Random) -> datetime:
    """Most buy in the evening."""
    hour = min(23, max(0, round(random.gauss(20, 3))))
    midnight = datetime.combine(day, datetime.min.time(), clock.SHANGHAI)
    return midnight + timedelta(hours=hour, seconds=random.randrange(3600))


def _of_line(
    world: World, facts: LineFacts, paid_at: datetime, price: int, random: Random
) -> Iterator[EventFields]:
    gross = round(price * random.uniform(0.7, 1.4)) * random.choice((1, 1, 1, 2))
    coupon = random.choice((0, 0, 0, 500, 1_000))
    yield EventFields(facts, EventKind.PAID, gross + coupon, paid_at, shop_coupon=coupon)
    early = _refund(gross, paid_at, timedelta(hours=random.randint(3, 300)), 0.08, random)
    late = _refund(gross, paid_at, WINDOW + timedelta(days=random.randint(8, 40)), 0.02, random)
    told = [refund for refund in (early, late) if refund and refund[0] < world.dawn][:1]
    for at, amount in told:
        yield EventFields(facts, EventKind.REFUNDED, amount, at)
    left = gross - sum(amount for at, amount in told if at < paid_at + WINDOW)
    yield from _settled(world, facts, paid_at + WINDOW, left, random)


def _refund(
    gross: int, paid_at: datetime, after: timedelta, share: float, random: Random
) -> tuple[datetime, int] | None:
    """Of a `share` of the lines: all of it in most cases, or a part."""
    if random.random() >= share:
        return None
    return paid_at + after, gross if random.random() < 0.7 else random.randint(1, gross)


def _settled(
    world: World, facts: LineFacts, at: datetime, left: int, random: Random
) -> Iterator[EventFields]:
    """What is left settles when the window closes; of some in two phases."""
    first = left if random.random() < 0.9 else left * 6 // 10
    for phase, amount in enumerate((first, left - first), start=1):
        moment = at + timedelta(days=7 * (phase - 1))
        if amount and moment < world.dawn:
            yield EventFields(facts, EventKind.SETTLED, amount, moment, phase)
