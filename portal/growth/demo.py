"""The demo's levels: counted two months ago, a month ago and last night."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import system_actor
from portal.growth import services
from portal.parties.demo import World

DEMO = system_actor("demo")
BACK = (60, 30, 1)  # days


@transaction.atomic
def count_levels(world: World) -> None:
    for back in BACK:
        day = world.today - timedelta(days=back)
        with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=back - 1)):
            services.count_levels(DEMO, until=day)
