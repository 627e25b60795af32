"""What is known of the demo's creators: most from the platform, some in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random

from django.db import transaction

from portal.activity import services
from portal.activity.fields import DayFields, DistributionFields, FiguresFields
from portal.activity.reach import published_once
from portal.activity.states import AGES, PRICES, TIERS, DistributionKind, Source
from portal.parties.demo import (
    DEMO,
    Audience,
    Portrait,
    World,
    audience_of,
    cast_party,
    draw,
    parties_of,
)
from portal.parties.models import Party
from portal.parties.states import PartyKind

WOMEN = {  # percent of who watches, by trade
    "home": 66,
    "beauty": 86,
    "food": 63,
    "apparel": 74,
    "shoes-bags": 71,
    "fresh": 60,
    "baby": 84,
    "digital": 31,
    "sports": 42,
    "pets": 61,
    "health": 58,
    "auto": 18,
    "books": 64,
    "gifts": 67,
}
AGE_WEIGHTS = (4, 16, 30, 30, 13, 7)
TIER_WEIGHTS = (12, 20, 19, 22, 17, 10)
PRICE_STEPS = (50, 100, 200, 500)  # yuan
SOURCES = ((Source.PLATFORM, 7), (Source.SELF_REPORTED, 2), (Source.OPERATOR_FILE, 1))
WHOLE = 10_000


@transaction.atomic
def make_figures(world: World, numbers: Iterable[int]) -> None:
    """Of the creators of these numbers that are listed."""
    by_source: dict[Source, list[tuple[Portrait, Party, Audience, Random]]] = {}
    for number, party in parties_of(PartyKind.CREATOR, numbers).items():
        portrait = draw(world, PartyKind.CREATOR, number)
        audience = audience_of(portrait)
        if audience is not None:
            random = Random(f"figures:{number}")
            [source] = random.choices(
                [source for source, _of in SOURCES], weights=[of for _source, of in SOURCES]
            )
            by_source.setdefault(source, []).append((portrait, party, audience, random))
    codes = {category.pk: code for code, category in world.categories.items()}
    with published_once():
        for source, known in sorted(by_source.items()):
            days = [day for _p, p, a, r in known for day in _days(world, p, a, r)]
            figures = [_figures(world, p, a) for _p, p, a, _r in known]
            spread = [row for told in known for row in _distributions(world, codes, *told)]
            services.record_days(DEMO, days=days, source=source)
            services.record_figures(DEMO, figures=figures, source=source)
            services.record_distributions(DEMO, distributions=spread, source=source)


def _days(world: World, party: Party, audience: Audience, random: Random) -> Iterator[DayFields]:
    """Yesterday, and a month before it."""
    lost = int(audience.followers * random.uniform(0, 0.08))
    for back, followers in ((31, audience.followers - lost), (1, audience.followers)):
        yield DayFields(
            party_id=party.pk,
            day=world.today - timedelta(days=back),
            followers=followers,
            shopping_followers=min(audience.shopping_followers, followers),
            videos=random.choice((0, 1, 1, 2)),
            lives=1 if audience.live_minutes > 200 else 0,
            has_sold=audience.live_minutes > 200,
        )


def _figures(world: World, party: Party, audience: Audience) -> FiguresFields:
    return FiguresFields(
        party_id=party.pk,
        day=world.today - timedelta(days=1),
        videos=audience.videos,
        average_views=audience.average_views,
        average_viewers=audience.average_viewers,
        live_minutes=audience.live_minutes,
        gpm_fen=audience.gpm_fen,
        average_price_fen=audience.average_price_fen,
        commission_bp=audience.commission_bp,
        promised=audience.promised,
        kept=audience.kept,
        deposit_fen=audience.deposit_fen,
    )


def _distributions(
    world: World,
    codes: Mapping[int, str],
    portrait: Portrait,
    party: Party,
    audience: Audience,
    random: Random,
) -> Iterator[DistributionFields]:
    day = world.today - timedelta(days=3)

    def of(kind: DistributionKind, parts: Mapping[str, int]) -> DistributionFields:
        return DistributionFields(party.pk, kind, day, parts)

    women = min(9_700, max(300, WOMEN[portrait.main.code] * 100 + random.randint(-900, 900)))
    yield of(DistributionKind.GENDER, {"female": women, "male": WHOLE - women})
    yield of(DistributionKind.AGE, _shares(random, list(AGES), AGE_WEIGHTS))
    yield of(DistributionKind.CITY_TIER, _shares(random, list(TIERS), TIER_WEIGHTS))
    yield of(DistributionKind.PRICE, _prices(random, audience.average_price_fen))
    sold = {codes[pk]: share * 100 for pk, share in portrait.fields.shares.items()}
    yield of(DistributionKind.CATEGORY, sold)


def _prices(random: Random, average_fen: int) -> dict[str, int]:
    """Most of what is sold costs about the average."""
    place = sum(average_fen >= step * 100 for step in PRICE_STEPS)
    weights = [60 / (1 + 2 * abs(band - place)) for band in range(len(PRICES))]
    return _shares(random, list(PRICES), weights)


def _shares(random: Random, codes: Sequence[str], weights: Sequence[float]) -> dict[str, int]:
    """Weights, shaken a little, as basis points that add up."""
    shaken = [weight * random.uniform(0.6, 1.4) for weight in weights]
    total = sum(shaken)
    parts = {c: int(WHOLE * w / total) for c, w in zip(codes, shaken, strict=True)}
    parts[codes[0]] += WHOLE - sum(parts.values())
    return parts


@transaction.atomic
def make_cast_figures(world: World) -> None:
    """The guide's creator: the platform's figures, and prices in its own words."""
    party, random = cast_party(PartyKind.CREATOR), Random("cast-figures")
    day = world.today - timedelta(days=1)
    services.record_figures(
        DEMO,
        figures=[
            FiguresFields(
                party_id=party.pk,
                day=day,
                videos=412,
                average_views=68_400,
                average_viewers=1_260,
                live_minutes=2_760,
                gpm_fen=41_800,
                average_price_fen=5_200,
                promised=14,
                kept=14,
                deposit_fen=50_000,
            )
        ],
        source=Source.PLATFORM,
    )
    own = FiguresFields(party_id=party.pk, day=day, commission_bp=2_000)
    services.record_figures(DEMO, figures=[own], source=Source.SELF_REPORTED)
    spreads = {
        DistributionKind.GENDER: {"female": 6_820, "male": 3_180},
        DistributionKind.AGE: _shares(random, list(AGES), AGE_WEIGHTS),
        DistributionKind.CITY_TIER: _shares(random, list(TIERS), TIER_WEIGHTS),
        DistributionKind.CATEGORY: {"food": 8_000, "fresh": 2_000},
    }
    services.record_distributions(
        DEMO,
        distributions=[DistributionFields(party.pk, k, day, parts) for k, parts in spreads.items()],
        source=Source.PLATFORM,
    )
    prices = DistributionFields(party.pk, DistributionKind.PRICE, day, _prices(random, 5_200))
    services.record_distributions(DEMO, distributions=[prices], source=Source.SELF_REPORTED)
