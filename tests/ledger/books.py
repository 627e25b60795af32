"""Small books for tests: a merchant's and an agency's shares of orders, and postings on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.db import connection

from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, move_checkpoints, open_accounts
from portal.ledger.states import Kind, Track
from tests.factories import SYSTEM, wait_for

NOON = datetime(2026, 3, 14, 4, 0, tzinfo=UTC)
_keys = count(1)


@dataclass(frozen=True)
class Books:
    """Accounts of one party and of the platform."""

    clearing: int
    fees: int
    share: int
    available: int
    expected: int  # the party's share, estimated
    expected_clearing: int

    @property
    def all(self) -> list[int]:
        return [
            *(self.clearing, self.fees, self.share),
            *(self.available, self.expected, self.expected_clearing),
        ]


def books_of(party_id: int) -> Books:
    places = {
        "clearing": Place(None, Kind.CLEARING, Track.SETTLED),
        "fees": Place(None, Kind.FEES, Track.SETTLED),
        "share": Place(party_id, Kind.SHARE, Track.SETTLED),
        "available": Place(party_id, Kind.AVAILABLE, Track.SETTLED),
        "expected": Place(party_id, Kind.SHARE, Track.ESTIMATED),
        "expected_clearing": Place(None, Kind.CLEARING, Track.ESTIMATED),
    }
    opened = open_accounts(SYSTEM, places=places.values())
    return Books(**{name: opened[place] for name, place in places.items()})


def posting_of(*legs: tuple[int, int], key: str = "", **changes: Any) -> Posting:
    """A posting of these (account, fen), under a fresh key unless one is given."""
    plain = Posting(
        key=key or f"test:{next(_keys)}",
        cause_type="test.order",
        cause_id="1",
        occurred_at=NOON,
        text="订单 1",
        legs=[Leg(account, amount, f"part-{n}") for n, (account, amount) in enumerate(legs)],
    )
    return replace(plain, **changes)


def sale(books: Books, fen: int = 19_900, **changes: Any) -> Posting:
    """An order of `fen`, a twentieth of which the platform keeps."""
    fee = fen // 20
    legs = ((books.clearing, -fen), (books.fees, fee), (books.share, fen - fee))
    return posting_of(*legs, **changes)


def settle_down() -> None:
    """Wait until every transaction that was there at the newest entry is over. One anywhere in the
    cluster counts, also in the database of another test, which may load a whole world in one."""
    wait_for(_is_newest_final, seconds=300)


def _is_newest_final() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xact < pg_snapshot_xmin(pg_current_snapshot()) FROM ledger_entry "
            "ORDER BY xact DESC LIMIT 1"
        )
        return bool(cursor.fetchone()[0])


def move_all() -> None:
    """Move the checkpoints over all that was posted."""
    settle_down()
    move_checkpoints(SYSTEM)
