"""Products of every merchant of the demo, in bulk; those of the guide's merchant by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from matchmaking.catalogue import services
from matchmaking.catalogue.demo.words import WORDS, product_words
from matchmaking.catalogue.fields import CertificateFields, PlanFields, ProductFields
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.services import ProductLife
from matchmaking.catalogue.states import CertificateKind, Channel, PlanKind, ProductStatus
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties.demo import DEMO, World, acting, cast_party, parties_of
from portal.parties.models import Category, Party, PartyCategory
from portal.parties.states import PartyKind
from portal.policies.states import ProductSource

EACH = 5  # orders of the demo name the first twelve numbers of a shop
RATES = (500, 1_000, 1_000, 1_500, 2_000, 2_000, 2_500, 3_000, 4_000)
SOURCES = [ProductSource.SHOP] * 17 + [
    *(ProductSource.TAOBAO, ProductSource.JD, ProductSource.MINI_PROGRAM)
]
CHANNELS = [Channel.BRAND] * 5 + [Channel.FACTORY] * 2 + [Channel.AUTHORISED, Channel.IMPORTED]
CAST = (  # name, fen, basis points
    ("冷榨亚麻籽油 500ml", 5_990, 2_000),
    ("五谷杂粮粥料 1kg", 3_990, 1_500),
    ("桂花乌龙 250g", 6_800, 2_500),
    ("手工芝麻酱 500g", 2_990, 2_000),
    ("高原黑枸杞 250g", 8_800, 3_000),
    ("每日坚果礼盒装", 9_900, 2_000),
)
KINDS = (CertificateKind.INSPECTION, CertificateKind.LICENCE, CertificateKind.TRADEMARK)
PAPERS_EVERY = 100  # one product of so many has certificates


@transaction.atomic
def make_products(world: World, numbers: Iterable[int]) -> None:
    """Of the merchants of these numbers."""
    merchants = parties_of(PartyKind.MERCHANT, numbers)
    keys = [party.pk for party in merchants.values()]
    codes = _categories(keys)
    lives = [
        life
        for number, merchant in merchants.items()
        for life in _lives(world, number, merchant, codes[merchant.pk])
    ]
    with outbox.born_delivered():
        services.register_products(DEMO, lives=lives)


@transaction.atomic
def make_cast_products(world: World) -> None:
    """A few with names of their own; one paused, one a draft, plans of each kind."""
    merchant, creator = cast_party(PartyKind.MERCHANT), cast_party(PartyKind.CREATOR)
    actor, random = acting(merchant), Random("cast-products")
    with outbox.born_delivered(), clock.standing_at(world.ago(160, random)):
        made = [
            services.create_product(actor, fields=_of_cast(world, merchant, n, *said))
            for n, said in enumerate(CAST, start=1)
        ]
        for product in made[:-1]:
            services.list_product(actor, product=product)
        services.pause_product(actor, product=made[-2], why="换新包装")
    with outbox.born_delivered(), clock.standing_at(world.ago(20, random)):
        tomorrow = clock.today() + timedelta(days=1)
        for product, fields in zip(made, _plans(tomorrow, creator.pk), strict=False):
            services.open_plan(actor, product=product, fields=fields)
        for number, product in enumerate(made[:4]):
            _certify(acting(merchant), product, days=(9, 35, 200, 400)[number], number=number)


@transaction.atomic
def make_papers(world: World) -> None:
    """Certificates of some products of the others."""
    rows = Product.objects.filter(status=ProductStatus.LISTED).order_by("pk")
    with outbox.born_delivered():
        for number, product in enumerate(rows.select_related("merchant")[::PAPERS_EVERY]):
            moment = max(product.changed_at, world.dawn - timedelta(days=60))
            with clock.standing_at(moment):
                _certify(DEMO, product, days=65 + number % 400, number=number)
        with clock.standing_at(world.dawn):
            services.remind_of_certificates()


def _categories(keys: list[int]) -> dict[int, list[Category]]:
    """What each merchant trades in, its main trade first."""
    found: dict[int, list[Category]] = {key: [] for key in keys}
    rows = PartyCategory.objects.filter(party__in=keys).select_related("category")
    for row in rows.order_by("party", "-share"):
        if row.category.code in WORDS:
            found[row.party_id].append(row.category)
    return found


def _lives(
    world: World, number: int, merchant: Party, categories: list[Category]
) -> Iterator[ProductLife]:
    random = Random(f"products:{number}")
    since = max(merchant.verified_at or merchant.created_at, world.dawn - timedelta(days=400))
    for n in range(1, EACH + 1) if categories else ():
        category = categories[0] if n % 4 or len(categories) == 1 else categories[1]
        at = _moment(world, since, random)
        stays_draft = random.random() < 0.03
        yield ProductLife(
            merchant,
            _fields(merchant, n, category, random),
            created_at=at,
            listed_at=None if stays_draft else at + timedelta(minutes=30),
        )


def _moment(world: World, since: datetime, random: Random) -> datetime:
    """Between being verified and three days ago."""
    room = (world.dawn - timedelta(days=3) - since).total_seconds()
    return since + timedelta(seconds=max(0.0, room) * random.random() * 0.6)


def _fields(merchant: Party, n: int, category: Category, random: Random) -> ProductFields:
    name, intro, price = product_words(category.code, random)
    return ProductFields(
        name=name,
        category_id=category.pk,
        price_fen=price,
        commission_bp=random.choice(RATES),
        stock=random.choice((0, 120, 500, 1_200, 3_000, 8_000, 20_000)),
        source=random.choice(SOURCES),
        channel=Channel.ORIGIN if category.code == "fresh" else random.choice(CHANNELS),
        upstream_id=f"sku-{merchant.pk}-{n}",
        intro=intro,
        sends_samples=random.random() < 0.6,
    )


def _of_cast(
    world: World, merchant: Party, n: int, name: str, price: int, rate: int
) -> ProductFields:
    return ProductFields(
        name=name,
        category_id=world.categories["food"].pk,
        price_fen=price,
        commission_bp=rate,
        stock=600 * n,
        upstream_id=f"sku-{merchant.pk}-{n}",
        intro="产地直采，出厂逐批抽检；样品免费寄送，素材包可直接使用。",
        sends_samples=True,
    )


def _plans(first: date, creator: int) -> list[PlanFields]:
    """One for chosen creators, one for a single creator alone, one for everybody that is over."""
    return [
        PlanFields(PlanKind.TARGETED, 2_800, first, None, [creator], "老朋友专属"),
        PlanFields(PlanKind.EXCLUSIVE, 3_500, first, first + timedelta(days=90), [creator], "独家"),
        PlanFields(PlanKind.PUBLIC, 3_000, first, first + timedelta(days=10), (), "大促加佣"),
    ]


def _certify(actor: Actor, product: Product, *, days: int, number: int) -> None:
    fields = CertificateFields(
        KINDS[number % len(KINDS)],
        number=f"QC{product.pk:07d}",
        issuer="国家轻工业产品质量监督检验中心",
        expires_on=clock.today() + timedelta(days=days),
    )
    services.add_certificate(actor, product=product, fields=fields)
