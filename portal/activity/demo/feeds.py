"""The demo's feed: the last ninety days of the shop and the creator of the guide."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from portal.activity import services
from portal.activity.fields import DayFields
from portal.activity.states import Source
from portal.parties.demo import DEMO, World, cast_party
from portal.parties.models import Party
from portal.parties.states import PartyKind

DAYS = 90
BEGAN_WITH = {PartyKind.MERCHANT: 86_000, PartyKind.CREATOR: 214_000}


def make_feed(world: World, kind: PartyKind) -> None:
    """As the platform's interface would send it; the last days are the party's own word so far."""
    party = cast_party(kind)
    days = _days(world, party, Random(f"activity:{kind}"))
    services.record_days(DEMO, days=days[:-2], source=Source.PLATFORM)
    services.record_days(DEMO, days=days[-2:], source=Source.SELF_REPORTED)


def _days(world: World, party: Party, random: Random) -> list[DayFields]:
    followers, found = BEGAN_WITH[PartyKind(party.kind)], []
    for back in range(DAYS, 0, -1):
        day = world.today - timedelta(days=back)
        lives = random.choice((0, 1, 1, 2) if day.weekday() < 5 else (1, 2, 2, 3))
        followers += random.randint(-40, 160) + 220 * lives
        found.append(
            DayFields(
                party_id=party.pk,
                day=day,
                followers=followers,
                shopping_followers=followers * (180 + (DAYS - back)) // 1000,
                videos=random.choice((0, 1, 1, 2, 3)),
                lives=lives,
                has_sold=lives > 0 or random.random() < 0.4,
            )
        )
    return found
