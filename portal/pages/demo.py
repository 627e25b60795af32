"""The demo world: one job that composes what each app's `demo.py` builds.

Each step and its progress are written in one transaction, so a load that was killed goes on where
it stopped and makes nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from matchmaking.needs import demo as needs_demo
from portal.core.jobs import Progress, job
from portal.core.models import Job
from portal.parties import demo as parties_demo
from portal.parties.demo import World
from portal.parties.states import PartyKind

KIND = "demo.load"
ANNOUNCED = {  # what the programme announced; providers after the directory of its first years
    PartyKind.MERCHANT: 6_000,
    PartyKind.PROVIDER: 4_800,
    PartyKind.AGENCY: 3_000,
    PartyKind.CREATOR: 10_000,
}
ANNOUNCED_NEEDS = 4_200
PERCENT = 1


def unfinished_demo() -> Job | None:
    """The job that builds the demo world, while it does; asked in the demo only."""
    return Job.objects.filter(kind=KIND).unfinished().first() if settings.IS_DEMO else None


Step = tuple[str, Callable[[World], object]]


@job(KIND)
def load_demo(progress: Progress, args: dict[str, Any]) -> None:
    """Build the world. `args["percent"]` is its size against the announcements; a
    fraction makes a small one."""
    world = parties_demo.read_world()
    steps = plan(args.get("percent", PERCENT))
    for number, (label, build) in enumerate(steps):
        if number < progress.checkpoint.get("steps", 0):
            continue
        with transaction.atomic():
            build(world)
            progress.checkpoint["steps"] = number + 1
            progress.report(done=number + 1, total=len(steps), step=label)


def plan(percent: float) -> list[Step]:
    """Every step in its order: people, parties, then what they do with each other."""
    password = settings.DEMO_PASSWORD
    steps: list[Step] = [("operator", lambda _world: parties_demo.make_operator(password))]
    for kind, announced in ANNOUNCED.items():
        steps.append((kind, _cast_party(kind, password)))
        count = int(announced * percent / 100)
        steps += [(kind, partial(_party, kind=kind, number=n)) for n in range(1, count)]
    numbers = range(int(ANNOUNCED_NEEDS * percent / 100))
    oldest_first = sorted(numbers, key=needs_demo.age_of, reverse=True)
    steps += [("need", partial(needs_demo.make_need, number=n)) for n in oldest_first]
    steps.append(("need", needs_demo.make_cast_need))
    return steps


def _cast_party(kind: PartyKind, password: str) -> Callable[[World], object]:
    return lambda world: parties_demo.make_cast_party(world, kind, password)


def _party(world: World, *, kind: PartyKind, number: int) -> object:
    return parties_demo.make_party(world, kind, number)
