"""New shops of the demo's merchants: opened shortly before a provider began to work for them,
proven, and their day looked up. What they sell says how fast each provider starts one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from random import Random

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import LIVE, OVER
from portal.core import clock, outbox
from portal.parties import services
from portal.parties.demo import DEMO, World, acting, at_work, cast_party
from portal.parties.fields import OwnedFields
from portal.parties.models import OwnedAccount
from portal.parties.states import PartyKind, Platform

STARTERS = 12  # providers who take new shops
MOST = 6  # new shops of each
BEGUN = timedelta(days=330), timedelta(days=75)  # before today: first and last
SEEN = "店铺资质页"


def make_new_shops(world: World) -> None:
    with outbox.born_delivered():
        for cooperation in _of_starters(world):
            _open(world, cooperation)


def new_shops(cooperations: Iterable[Cooperation]) -> dict[int, str]:
    """Cooperation → the number of the shop that was opened for it."""
    handles = {_handle(one): one.pk for one in cooperations}
    found = OwnedAccount.objects.filter(platform=Platform.SHOP, handle__in=handles)
    return {handles[handle]: handle for handle in found.values_list("handle", flat=True)}


def _handle(cooperation: Cooperation) -> str:
    """Shops have long numbers."""
    return f"new-{cooperation.pk:08d}"


def _of_starters(world: World) -> Iterator[Cooperation]:
    """The provider of the guide first, then those who began most."""
    first, last = (world.today - ago for ago in BEGUN)
    rows = Cooperation.objects.filter(
        share_bp__gt=0,
        status__in=LIVE | OVER,
        provider__kind=PartyKind.PROVIDER,
        starts_on__range=(first, last),
    )
    by_provider: defaultdict[int, list[Cooperation]] = defaultdict(list)
    for cooperation in rows.select_related("merchant").order_by("pk"):
        by_provider[cooperation.provider_id].append(cooperation)
    star = cast_party(PartyKind.PROVIDER).pk
    ranked = sorted(by_provider, key=lambda pk: (pk != star, -len(by_provider[pk]), pk))
    for provider in ranked[:STARTERS]:
        yield from by_provider[provider][:MOST]


def _open(world: World, cooperation: Cooperation) -> None:
    merchant, random = cooperation.merchant, Random(f"new-shop:{cooperation.title}")
    opened_on = cooperation.starts_on - timedelta(days=random.randint(1, 12))
    claimed = at_work(opened_on + timedelta(days=1), random)
    fields = OwnedFields(Platform.SHOP, _handle(cooperation), f"{merchant.name[:50]}新店")
    with clock.standing_at(max(claimed, merchant.verified_at or merchant.created_at)):
        account = services.claim_account(acting(merchant), party=merchant, fields=fields)
        account = services.place_proof(acting(merchant), account=account)
        account = services.prove_account(DEMO, account=account)
        services.set_opening(DEMO, account=account, opened_on=opened_on, note=SEEN)
