"""Yesterday: the guide's creator posts, its merchant lists something new, others apply; and this
morning's word of the day about both."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from matchmaking.catalogue.fields import ProductFields
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.services import create_product, list_product
from matchmaking.recruiting import services
from matchmaking.recruiting.fields import ApplicationFields, PostFields
from matchmaking.recruiting.matching import suggest_products
from matchmaking.recruiting.models import Post
from portal.core import clock, outbox
from portal.core.actor import system_actor
from portal.parties.demo import World, acting, cast_party
from portal.parties.states import PartyKind

POSTED, APPLIED, LISTED = timedelta(hours=14), timedelta(hours=8), timedelta(hours=5)  # before dawn
APPLICATIONS = 9


@transaction.atomic
def make_latest(world: World) -> None:
    with outbox.born_delivered():
        with clock.standing_at(world.dawn - POSTED):
            post = services.create_post(
                acting(cast_party(PartyKind.CREATOR)), fields=_post(world), publish=True
            )
        _apply(world, post)
        with clock.standing_at(world.dawn - LISTED):
            merchant = cast_party(PartyKind.MERCHANT)
            made = create_product(acting(merchant), fields=_product(world))
            list_product(acting(merchant), product=made)


def make_suggestions(_world: World) -> int:
    """As beat sends them; how many were told."""
    with outbox.born_delivered():
        return services.tell_suggestions(system_actor("demo"))


def _apply(world: World, post: Post) -> None:
    """One product each of other merchants, as their page suggests it; the first is shortlisted."""
    own = cast_party(PartyKind.MERCHANT).pk
    with clock.standing_at(world.dawn - APPLIED):
        chosen: dict[int, Product] = {}
        for match in suggest_products(post, most=60):
            if match.product.merchant_id != own:
                chosen.setdefault(match.product.merchant_id, match.product)
        made = [
            services.apply_to_post(
                acting(product.merchant),
                post=post,
                product=product,
                fields=ApplicationFields(
                    commission_bp=max(product.commission_bp, post.commission_least_bp),
                    samples=post.samples_wanted,
                    note="可寄样，随时排期。",
                ),
            )
            for product in list(chosen.values())[:APPLICATIONS]
        ]
    with clock.standing_at(world.dawn - LISTED):
        for application in made[:1]:
            services.shortlist_application(acting(post.poster), application=application)


def _post(world: World) -> PostFields:
    today = clock.today()
    return PostFields(
        title="冬日早餐专场",
        brief="粉丝看重配料干净和出锅快。每款讲 6 分钟，现场试吃；样品先寄。",
        category_ids=[world.categories["food"].pk],
        price_low_fen=1_900,
        price_high_fen=19_900,
        commission_least_bp=1_000,
        carrier="live",
        samples_wanted=1,
        is_exclusive=False,
        live_on=today + timedelta(days=16),
        closes_on=today + timedelta(days=9),
        term_months=1,
    )


def _product(world: World) -> ProductFields:
    return ProductFields(
        name="黑芝麻谷物圈 300g",
        category_id=world.categories["food"].pk,
        price_fen=4_590,
        commission_bp=2_500,
        stock=3_600,
        upstream_id="sku-new-1",
        intro="非油炸，独立小包；配料表 6 行，早餐直接倒牛奶。",
        sends_samples=True,
    )
