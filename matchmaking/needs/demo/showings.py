"""Which candidates merchants looked at, in the needs of the last months, by the orders of those
days: what operators read of fairness has a past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from matchmaking.needs import services
from matchmaking.needs.models import Need
from matchmaking.needs.ranking import Candidate, CandidateList
from portal.core import clock
from portal.parties.demo import DEMO, World, at_work

SHOWN_DAYS = 90
MOST_DAYS = 10  # that a merchant comes back to its candidates
PAGES = (6, 20, 40)  # the first on the need's page, then one page of the whole order, or two
CHOSEN = (5, 3, 1)


@dataclass(frozen=True, slots=True)
class Look:
    """A merchant opened its candidates."""

    at: datetime
    need: Need
    stop: int


@transaction.atomic
def make_showings(world: World, since: int, until: int) -> None:
    """Of the needs published from `since` to `until` days ago. All orders are made before anything
    is written: a transaction that has written reads every offer anew for each."""
    looks = sorted(_looks(world, since, until), key=lambda look: (look.at, look.need.pk))
    for look, found in [(look, _candidates(look)) for look in looks]:
        with clock.standing_at(look.at):
            actor = replace(DEMO, party=look.need.merchant)
            services.log_exposures(actor, need=look.need, candidates=found)


def _looks(world: World, since: int, until: int) -> Iterator[Look]:
    first, last = (world.dawn - timedelta(days=days) for days in (since, until))
    needs = Need.objects.public().filter(published_at__gte=first, published_at__lt=last)
    rows = needs.select_related("merchant", "city").prefetch_related("services", "categories")
    for need in rows.order_by("pk"):
        yield from _looks_at(world, need)


def _looks_at(world: World, need: Need) -> Iterator[Look]:
    """On its first day, and on up to three of those that follow while it is open."""
    if need.published_at is None:
        return
    random = Random(f"looks:{need.pk}")
    yield Look(need.published_at, need, _stop(random))
    end = min(need.ended_at or world.dawn, world.dawn)
    for days in sorted(random.sample(range(1, MOST_DAYS + 1), k=random.randint(0, 3))):
        at = at_work(clock.day_of(need.published_at) + timedelta(days=days), random)
        if at < end:
            yield Look(at, need, _stop(random))


def _stop(random: Random) -> int:
    return random.choices(PAGES, weights=CHOSEN)[0]


def _candidates(look: Look) -> list[Candidate]:
    """The order of that day, without whoever came later."""
    with clock.standing_at(look.at):
        found = CandidateList(look.need).slice(0, look.stop)
    return [c for c in found if c.provider.verified_at and c.provider.verified_at < look.at]
