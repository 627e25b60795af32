"""Who of the demo's creators may share goods, and what they paid."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from random import Random

from django.db import transaction

from matchmaking.catalogue import services
from portal.core import clock, outbox
from portal.core.verdict import Refused
from portal.parties.demo import DEMO, World, acting, cast_party
from portal.parties.models import Party
from portal.parties.states import PartyKind

OTHERS = 40
WAITS = 5  # one of so many waits for finance


@transaction.atomic
def make_gates(world: World) -> None:
    """The guide's creator asks for everything; of the others most have paid."""
    cast = cast_party(PartyKind.CREATOR)
    listed = Party.objects.listed().filter(kind=PartyKind.CREATOR).exclude(pk=cast.pk)
    with outbox.born_delivered():
        _pay(world, cast, 0)
        for number, creator in enumerate(listed.order_by("pk")[:OTHERS], start=1):
            _pay(world, creator, number)


def _pay(world: World, creator: Party, number: int) -> None:
    random = Random(f"deposit:{number}")
    with clock.standing_at(world.ago(random.randint(5, 60), random)):
        with suppress(Refused):  # who has not everything yet goes without
            services.ask_permission(acting(creator))
        move = services.report_payment(acting(creator), reference=f"DEMO-{number:06d}")
        if number % WAITS == WAITS - 1:
            return
        with clock.standing_at(clock.now() + timedelta(hours=5)):
            services.approve_move(DEMO, move=move)
