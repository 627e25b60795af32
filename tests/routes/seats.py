"""Seats have no pages of their own; operators look at them in the admin."""

from __future__ import annotations

from portal.seats.models import Claim
from tests.routes import Arranged, Cast
from tests.seats.making import claim, pool_of

READERS = ("operator", "fair", "auditor")
SEEN_IN_ADMIN = {"seats_occasion": READERS, "seats_pool": READERS, "seats_claim": READERS}


def arrange(cast: Cast) -> Arranged:
    pool = pool_of(1)
    assert cast.creator.party is not None
    made: Claim = claim(pool, cast.creator.party)
    rows = {"seats_occasion": pool.occasion, "seats_pool": pool, "seats_claim": made}
    return Arranged(rows=rows)
