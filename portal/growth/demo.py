"""The demo's levels: counted two months ago, a month ago and last night."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import system_actor
from portal.growth import services
from portal.parties.demo import World
from portal.rewards.facts import record_task_facts
from portal.rewards.services import refresh_remedies

DEMO = system_actor("demo")
BACK = (60, 30, 1)  # days
TOLD_DAYS = 4  # ago: before the next method is tried on it


@transaction.atomic
def count_levels(world: World) -> None:
    for back in BACK:
        day = world.today - timedelta(days=back)
        with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=back - 1)):
            services.count_levels(DEMO, until=day)


@transaction.atomic
def close_loop(world: World) -> None:
    """What tasks came to is told to the evaluation, and which of them lift an indicator now."""
    with outbox.born_delivered():
        with clock.standing_at(world.dawn - timedelta(days=TOLD_DAYS)):
            while record_task_facts(DEMO):
                pass
        refresh_remedies(DEMO)
