"""The searches that the guide's merchant keeps, and whom it keeps in mind."""

from __future__ import annotations

from random import Random

from django.db import transaction

from portal.core import clock, outbox
from portal.directory import services
from portal.parties.demo import World, acting, cast_party
from portal.parties.models import Party
from portal.parties.states import PartyKind

KEPT = (
    (PartyKind.PROVIDER, "杭州的直播代运营", {"service": ["live-room"], "city": ["hangzhou"]}),
    (PartyKind.CREATOR, "食品类达人", {"category": ["food"]}),
)


KEPT_IN_MIND = {
    PartyKind.PROVIDER: ("直播报价合适，等案例数据。", "仓播经验多，下周约电话。", ""),
    PartyKind.CREATOR: ("粉丝画像和我们接近，可以寄样。", ""),
    PartyKind.AGENCY: ("食品方向达人多。",),
}


@transaction.atomic
def make_searches(world: World) -> None:
    merchant = acting(cast_party(PartyKind.MERCHANT))
    random = Random("searches")
    with outbox.born_delivered():
        for kind, name, data in KEPT:
            with clock.standing_at(world.ago(random.randint(8, 20), random)):
                services.save_search(merchant, kind=kind, name=name, data=data)


@transaction.atomic
def make_shortlist(world: World) -> None:
    """A few of each kind in its own trade, some with a note for the colleagues."""
    merchant = acting(cast_party(PartyKind.MERCHANT))
    random = Random("shortlist")
    with outbox.born_delivered():
        for kind, notes in KEPT_IN_MIND.items():
            found = Party.objects.listed().filter(kind=kind, category_shares__category__code="food")
            for party, note in zip(found.order_by("pk"), notes, strict=False):
                with clock.standing_at(world.ago(random.randint(3, 25), random)):
                    services.add_shortlist_entry(merchant, party=party, note=note)
