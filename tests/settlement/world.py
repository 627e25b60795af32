"""Many parties with something coming of the month before this one, quickly: entries without orders.
For tests that kill, and for those where two do the same at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from portal.core import clock
from portal.ledger.fields import Leg, Posting, month_of
from portal.ledger.services import Place, open_accounts, post_many
from portal.ledger.states import Kind, Track
from portal.parties.models import Party
from portal.parties.states import PartyKind
from tests import factories
from tests.factories import SYSTEM

PARTIES = 24


def last_month() -> date:
    return (month_of(clock.now()) - timedelta(days=1)).replace(day=1)


def world() -> list[Party]:
    kind = PartyKind.CREATOR
    parties = [factories.draft_party(kind, f"达人{n}", has_papers=False) for n in range(PARTIES)]
    earn(parties)
    return parties


def earn(parties: Sequence[Party]) -> None:
    """Each has three entries; every seventh is below zero."""
    clearing = Place(None, Kind.CLEARING, Track.SETTLED)
    places = [Place(party.pk, Kind.SHARE, Track.SETTLED) for party in parties]
    accounts = open_accounts(SYSTEM, places=[clearing, *places])
    at = clock.now().replace(
        year=last_month().year, month=last_month().month, day=10, hour=4, minute=0
    )
    postings = [
        Posting(
            key=f"world/{n}/{turn}",
            cause_type="test.order",
            cause_id="1",
            occurred_at=at,
            text="订单",
            legs=[
                Leg(accounts[clearing], -amount_of(n, turn)),
                Leg(accounts[place], amount_of(n, turn)),
            ],
        )
        for n, place in enumerate(places)
        for turn in range(3)
    ]
    post_many(SYSTEM, postings=postings)


def amount_of(n: int, turn: int) -> int:
    amount = 1_000 + 37 * n + turn
    return -amount if n % 7 == 6 else amount


def total_of(n: int) -> int:
    return sum(amount_of(n, turn) for turn in range(3))
