"""Which creators of the demo are with which agency, and were before."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

from django.db import transaction

from portal.core import clock, outbox
from portal.core.clock import day_of
from portal.parties import services
from portal.parties.demo.cast import acting, cast_party
from portal.parties.demo.crowd import parties_of
from portal.parties.demo.papers import scan
from portal.parties.demo.people import human_name, mobile_phone
from portal.parties.demo.portraits import draw
from portal.parties.demo.world import DEMO, World, at_work
from portal.parties.fields import RosterFields
from portal.parties.models import Party, RosterEntry
from portal.parties.services import Signing
from portal.parties.states import PartyKind

INDEPENDENT, CHANGED = 0.35, 0.3  # parts of the creators: with nobody; with another agency before
SHOWN = 0.6  # of those with an agency, on its page
OF_THE_CAST = 0.012  # of all creators, with the guide's agency
WORDS = (
    "合约期内商务合作由机构统一对接；坑位费与佣金按 {share}% 归达人，每月 15 日结算；"
    "达人可自主选品，机构不得强制；到期自动终止，续约另签。"
)
YEAR = 365


@transaction.atomic
def make_rosters(world: World, numbers: Iterable[int], agencies: int) -> None:
    """What became of the creators of these numbers, among the first `agencies`."""
    parties = parties_of(PartyKind.CREATOR, numbers)
    cast = cast_party(PartyKind.AGENCY)
    plans = [
        (creator, place, begins, ends, random)
        for number, creator in parties.items()
        for place, begins, ends, random in _lives(world, number, creator, agencies)
    ]
    found = parties_of(PartyKind.AGENCY, {place for _c, place, *_rest in plans if place})
    with outbox.born_delivered():
        services.sign_creators(
            DEMO,
            signings=[
                _signing(world, found.get(place, cast), creator, begins, ends, random)
                for creator, place, begins, ends, random in plans
                if place == 0 or place in found
            ],
        )


def _lives(
    world: World, number: int, creator: Party, agencies: int
) -> Iterator[tuple[int, date, date, Random]]:
    """Agency (0 is the guide's), first and last day of each contract, the oldest first."""
    random = Random(f"roster:{number}")
    known = day_of(creator.verified_at or creator.created_at)
    if random.random() < INDEPENDENT:
        return
    now = 0 if random.random() < OF_THE_CAST else _agency(world, random, agencies)
    length = random.choice((1, 1, 2, 2, 3)) * YEAR
    begins = world.today - timedelta(days=random.randint(15, length - 20))
    begins = max(begins, _known(world, now) + timedelta(days=14), known + timedelta(days=14))
    if begins > world.today - timedelta(days=3):
        return
    if random.random() < CHANGED and (before := _agency(world, random, agencies)) != now:
        first = max(_known(world, before), known) + timedelta(days=14)
        last = begins - timedelta(days=random.randint(5, 60))
        if last - first > timedelta(days=60):
            first = max(first, last - timedelta(days=random.randint(180, 2 * YEAR)))
            yield before, first, last, random
    yield now, begins, begins + timedelta(days=length - 1), random


@lru_cache(maxsize=2)
def _sizes(agencies: int, today: date, world: World) -> list[float]:
    drawn = (draw(world, PartyKind.AGENCY, number) for number in range(1, agencies))
    return list(accumulate(min(portrait.size, 150.0) for portrait in drawn))


def _agency(world: World, random: Random, agencies: int) -> int:
    """The larger have more creators."""
    sizes = _sizes(agencies, world.today, world)
    return bisect(sizes, random.random() * sizes[-1]) + 1


def _known(world: World, agency: int) -> date:
    """Since when the agency is verified."""
    if agency == 0:
        return world.today - timedelta(days=690)
    return day_of(draw(world, PartyKind.AGENCY, agency).verified_at)


def _signing(
    world: World, agency: Party, creator: Party, begins: date, ends: date, random: Random
) -> Signing:
    invited_at = at_work(begins - timedelta(days=random.randint(4, 10)), random)
    joined_at = at_work(day_of(invited_at) + timedelta(days=random.randint(1, 3)), random)
    is_over = ends < world.today
    is_shown = not is_over and random.random() < SHOWN
    return Signing(
        agency=agency,
        creator=creator,
        fields=_fields(creator, begins, ends, random),
        invited_at=invited_at,
        joined_at=joined_at,
        shown_at=joined_at + timedelta(minutes=10) if is_shown else None,
        ended_at=_midnight_after(ends) if is_over else None,
    )


def _midnight_after(last_day: date) -> datetime:
    """When the clock ends a contract."""
    night = time(0, 10, tzinfo=clock.SHANGHAI)
    return datetime.combine(last_day + timedelta(days=1), night).astimezone(UTC)


def _fields(creator: Party, begins: date, ends: date, random: Random) -> RosterFields:
    return RosterFields(
        name=creator.name,
        starts_on=begins,
        last_day=ends,
        terms=WORDS.format(share=random.choice((55, 60, 65, 70, 75))),
        account=f"dy{random.randrange(10**8):08d}",
        creator_id=creator.pk,
    )


# --- the guide's agency and creator, one service at a time ----------------------------------------


@transaction.atomic
def make_cast_roster(world: World) -> None:
    """The guide's creator is with the guide's agency, whose chase list waits; one wants to leave,
    and one is contested."""
    agency, creator = cast_party(PartyKind.AGENCY), cast_party(PartyKind.CREATOR)
    random = Random("cast-roster")
    own = _fields(creator, world.today - timedelta(days=200), _next_year(world), random)
    with outbox.born_delivered():
        services.sign_creators(
            DEMO,
            signings=[
                Signing(
                    agency=agency,
                    creator=creator,
                    fields=own,
                    invited_at=world.ago(206, random),
                    joined_at=world.ago(204, random),
                    shown_at=world.ago(203, random),
                )
            ],
        )
        _invite_free(world, agency, random)
        _invite_by_phone(world, agency, random)


def _next_year(world: World) -> date:
    return world.today + timedelta(days=165)


def _invite_free(world: World, agency: Party, random: Random) -> None:
    """Creators with nobody: three have not answered, one joined and wants to leave, one joined and
    the two cannot agree."""
    bound = RosterEntry.objects.running().values("creator")
    free = Party.objects.filter(kind=PartyKind.CREATOR).listed().exclude(pk__in=bound)
    for place, creator in enumerate(free.order_by("pk")[:5]):
        begins = world.today + timedelta(days=1 if place < 3 else -12)
        fields = _fields(creator, begins, _next_year(world), random)
        with clock.standing_at(world.ago(20 - place, random)):
            entry = services.invite_creator(acting(agency), agency=agency, fields=fields)
        if place == 0:
            with clock.standing_at(world.ago(9, random)):
                services.remind_creator(acting(agency), entry=entry)
        if place >= 3:
            with clock.standing_at(world.ago(14, random)):
                entry = services.join_roster(acting(creator), entry=entry)
            _part(world, agency, creator, entry, random, is_contested=place == 4)


def _part(
    world: World,
    agency: Party,
    creator: Party,
    entry: RosterEntry,
    random: Random,
    *,
    is_contested: bool,
) -> None:
    last_day = world.today + timedelta(days=45)
    with clock.standing_at(world.ago(6, random)):
        departure = services.ask_departure(
            acting(creator), entry=entry, last_day=last_day, reason="个人发展方向调整，想独立运营。"
        )
    if is_contested:
        with clock.standing_at(world.ago(3, random)):
            services.contest_departure(
                acting(agency),
                departure=departure,
                statement="合约期内投入了孵化资源，希望按原合约履行。",
                files=[scan("孵化投入明细")],
            )


def _invite_by_phone(world: World, agency: Party, random: Random) -> None:
    """Creators who are not on the site yet."""
    for day in (12, 7, 4):
        fields = RosterFields(
            name=human_name(random),
            starts_on=world.today + timedelta(days=10),
            last_day=_next_year(world),
            terms=WORDS.format(share=65),
            account=f"dy{random.randrange(10**8):08d}",
            phone=mobile_phone(random),
        )
        with clock.standing_at(world.ago(day, random)):
            services.invite_creator(acting(agency), agency=agency, fields=fields)
