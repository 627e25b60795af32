"""The demo world: one job that composes what each app's `demo.py` builds.

Each step and its progress are written in one transaction, so a load that was killed goes on where
it stopped and makes nothing twice. The day it is made for is kept with its progress.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import ceil
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.brokerage import demo as brokerage_demo
from matchmaking.choosing import demo as choosing_demo
from matchmaking.cooperation import demo as cooperation_demo
from matchmaking.needs import demo as needs_demo
from portal.activity import demo as activity_demo
from portal.conduct import demo as conduct_demo
from portal.core import clock
from portal.core.jobs import Progress, job
from portal.core.models import Job
from portal.directory import demo as directory_demo
from portal.evaluation import demo as evaluation_demo
from portal.help import demo as help_demo
from portal.parties import demo as parties_demo
from portal.parties.demo import World
from portal.parties.states import PartyKind
from portal.recruitment import demo as recruitment_demo
from portal.revenue import demo as revenue_demo

KIND = "demo.load"
ANNOUNCED = {  # what the programme announced; providers after the directory of its first years
    PartyKind.PROVIDER: 800,
    PartyKind.MERCHANT: 6_000,
    PartyKind.AGENCY: 3_000,
    PartyKind.CREATOR: 10_000,
}
NEEDS = 2_000  # of a year
NEEDS_AT_ONCE = 250
SHOWN_AT_ONCE = 15  # days
ORDER_LINES = 100_000
LIVES = 20  # parts in which their cooperations are lived
BATCH, BATCHES = 500, 20  # parties at once at most; batches of a kind at least


def unfinished_demo() -> Job | None:
    """The job that builds the demo world, while it does; asked in the demo only."""
    return Job.objects.filter(kind=KIND).unfinished().first() if settings.IS_DEMO else None


@dataclass(frozen=True, slots=True)
class Step:
    """Something to build at once; `units` is how much of the progress it is."""

    label: str
    build: Callable[[World], object]
    units: int = 1


@job(KIND)
def load_demo(progress: Progress, args: dict[str, Any]) -> None:
    """Build the world. `args["scale"]` is its size against the announcements; a fraction makes a
    small one."""
    today = progress.checkpoint.setdefault("today", clock.today().isoformat())
    world = parties_demo.read_world(date.fromisoformat(today))
    steps = plan(args.get("scale", settings.DEMO_SCALE))
    total, done = sum(step.units for step in steps), 0
    for number, step in enumerate(steps):
        done += step.units
        if number < progress.checkpoint.get("steps", 0):
            continue
        with transaction.atomic():
            with clock.standing_at(world.dawn):
                step.build(world)
            progress.checkpoint["steps"] = number + 1
            progress.report(done=done, total=total, step=step.label)


def plan(scale: float) -> list[Step]:
    """Every step in its order: first the people of the guide and whom their stories need, then
    everybody, then a year of what they did with each other."""
    merchants, *more = _crowd(PartyKind.MERCHANT, scale)
    return [
        *_cast(),
        *_crowd(PartyKind.PROVIDER, scale),
        merchants,
        *_feeds(),
        Step(gettext_noop("Needs"), needs_demo.make_cast_need),
        Step(gettext_noop("Cooperations"), needs_demo.make_cast_work),
        *more,
        *_crowd(PartyKind.AGENCY, scale),
        *_crowd(PartyKind.CREATOR, scale),
        *_figures(scale),
        *_rosters(scale),
        Step(gettext_noop("Questions to the platform"), help_demo.make_tickets),
        Step(gettext_noop("Colleagues' opinions"), choosing_demo.make_opinions),
        Step(gettext_noop("Introductions"), brokerage_demo.make_introductions),
        *_history(scale),
        # Before the ratings: a snapshot reads what was recorded by its day.
        Step(gettext_noop("Cases of conduct"), conduct_demo.make_cases),
        Step(gettext_noop("Improvement plans"), evaluation_demo.make_plans),
        *_ratings(scale),
        *_latest(),
    ]


def _ratings(scale: float) -> Iterator[Step]:
    """Facts of a year and a half, and what providers and agencies were rated by them."""
    facts, ratings = gettext_noop("Facts"), gettext_noop("Ratings")
    yield Step(ratings, evaluation_demo.make_methods)
    for number in range(evaluation_demo.QUARTERS + 1):
        kinds = [PartyKind.PROVIDER, *([PartyKind.AGENCY] if number % 2 else [])]
        for kind in kinds:
            for some in _batches(number_of(kind, scale)):
                make = partial(evaluation_demo.make_facts, kind=kind, numbers=some, number=number)
                yield Step(facts, make, units=len(some))
        yield Step(ratings, partial(evaluation_demo.make_ratings, number=number))


def _latest() -> Iterator[Step]:
    """What a few of them are in the middle of."""
    yield Step(gettext_noop("Documents"), parties_demo.make_papers)
    yield Step(gettext_noop("Accounts and shops"), parties_demo.make_accounts)
    yield Step(gettext_noop("Payout accounts"), parties_demo.make_payouts)
    yield Step(gettext_noop("Agreements"), revenue_demo.make_agreements)
    yield Step(gettext_noop("Recruitment rounds"), recruitment_demo.make_rounds)
    yield Step(gettext_noop("Suspensions and appeals"), parties_demo.make_suspension)
    yield Step(gettext_noop("Saved searches"), directory_demo.make_searches)
    yield Step(gettext_noop("Shortlist of the merchant"), directory_demo.make_shortlist)


LABELS = {
    PartyKind.MERCHANT: gettext_noop("Merchants"),
    PartyKind.PROVIDER: gettext_noop("Service providers"),
    PartyKind.AGENCY: gettext_noop("Agencies"),
    PartyKind.CREATOR: gettext_noop("Creators"),
}


def _cast() -> Iterator[Step]:
    password = settings.DEMO_PASSWORD
    people = gettext_noop("People of the guide")
    yield Step(people, lambda _world: parties_demo.make_operator(password))
    yield Step(people, lambda _world: parties_demo.make_evaluator(password))
    for kind in parties_demo.CAST:
        make = partial(parties_demo.make_cast_party, kind=kind, password=password)
        yield Step(people, make)
    yield Step(people, partial(parties_demo.make_colleagues, password=password))
    unclaimed = partial(parties_demo.make_unclaimed, password=password)
    yield Step(gettext_noop("Profiles of public data"), unclaimed)
    yield Step(gettext_noop("Teams and cases"), parties_demo.make_cast_portfolio)
    yield Step(people, parties_demo.make_cast_shops)
    yield Step(gettext_noop("Pictures"), parties_demo.make_cast_pictures)


def _feeds() -> Iterator[Step]:
    """Daily figures of the shop and the creator of the guide."""
    for kind in activity_demo.BEGAN_WITH:
        yield Step(gettext_noop("Daily figures"), partial(activity_demo.make_feed, kind=kind))
    yield Step(gettext_noop("Figures of creators"), activity_demo.make_cast_figures)


def _figures(scale: float) -> Iterator[Step]:
    """What is known of every creator."""
    label = gettext_noop("Figures of creators")
    for numbers in _batches(number_of(PartyKind.CREATOR, scale)):
        make = partial(activity_demo.make_figures, numbers=numbers)
        yield Step(label, make, units=len(numbers))


def _crowd(kind: PartyKind, scale: float) -> Iterator[Step]:
    """As many as were announced, with the one of the guide."""
    for numbers in _batches(number_of(kind, scale)):
        make = partial(parties_demo.make_parties, kind=kind, numbers=numbers)
        yield Step(LABELS[kind], make, units=len(numbers))


def number_of(kind: PartyKind, scale: float) -> int:
    """Two at least, so that everybody has somebody to deal with."""
    return max(2, round(ANNOUNCED[kind] * scale))


def _rosters(scale: float) -> Iterator[Step]:
    label, agencies = gettext_noop("Rosters"), number_of(PartyKind.AGENCY, scale)
    for numbers in _batches(number_of(PartyKind.CREATOR, scale)):
        make = partial(parties_demo.make_rosters, numbers=numbers, agencies=agencies)
        yield Step(label, make, units=len(numbers))
    yield Step(label, parties_demo.make_cast_roster)


def _batches(count: int) -> Iterator[range]:
    """The numbers from 1, in even parts."""
    size = min(BATCH, ceil(count / BATCHES))
    for first in range(1, count, size):
        yield range(first, min(first + size, count))


def _history(scale: float) -> Iterator[Step]:
    merchants = number_of(PartyKind.MERCHANT, scale)
    told = needs_demo.stories(round(NEEDS * scale))
    for first in range(0, len(told), NEEDS_AT_ONCE):
        some = told[first : first + NEEDS_AT_ONCE]
        make = partial(needs_demo.make_needs, told=some, merchants=merchants)
        yield Step(gettext_noop("Needs"), make, units=len(some))
    for since in range(needs_demo.SHOWN_DAYS, 0, -SHOWN_AT_ONCE):
        show = partial(needs_demo.make_showings, since=since, until=since - SHOWN_AT_ONCE)
        yield Step(gettext_noop("Candidates that were looked at"), show)
    for part in range(LIVES):
        live = partial(cooperation_demo.live_cooperations, part=part, of=LIVES)
        yield Step(gettext_noop("Cooperations"), live)
    lines = ceil(ORDER_LINES * scale / LIVES)
    for part in range(LIVES):
        sign = partial(cooperation_demo.make_papers, part=part, of=LIVES)
        yield Step(gettext_noop("Agreements"), sign)
    for part in range(LIVES):
        sell = partial(cooperation_demo.make_orders, part=part, of=LIVES, lines=lines)
        yield Step(gettext_noop("Sales orders"), sell, units=lines)
