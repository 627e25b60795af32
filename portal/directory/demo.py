"""The searches that the guide's merchant keeps."""

from __future__ import annotations

from random import Random

from django.db import transaction

from portal.core import clock, outbox
from portal.directory import services
from portal.parties.demo import World, acting, cast_party
from portal.parties.states import PartyKind

KEPT = (
    (PartyKind.PROVIDER, "杭州的直播代运营", {"service": ["live-room"], "city": ["hangzhou"]}),
    (PartyKind.CREATOR, "食品类达人", {"category": ["food"]}),
)


@transaction.atomic
def make_searches(world: World) -> None:
    merchant = acting(cast_party(PartyKind.MERCHANT))
    random = Random("searches")
    with outbox.born_delivered():
        for kind, name, data in KEPT:
            with clock.standing_at(world.ago(random.randint(8, 20), random)):
                services.save_search(merchant, kind=kind, name=name, data=data)
