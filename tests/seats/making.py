"""An occasion with one pool, and parties that claim its seats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.parties.models import City, Party
from portal.parties.states import PartyKind, PartyStatus
from portal.seats import services
from portal.seats.models import Claim, Pool
from portal.seats.states import Admission
from tests.factories import SYSTEM


def pool_of(seats: int, **changes: Any) -> Pool:
    now = clock.now()
    times = {
        "opens_at": now - timedelta(minutes=1),
        "closes_at": now + timedelta(days=10),
        "hurry_from": now + timedelta(days=12),
        "offers_until": now + timedelta(days=13),
        "admission": Admission.INSTANT,
    }
    occasion = services.open_occasion(SYSTEM, kind="test", title="开课", **(times | changes))
    return services.open_pool(SYSTEM, occasion=occasion, code="all", capacity=seats)


def parties(count: int) -> list[Party]:
    """As bare as the database lets them be: nobody reads more of them here."""
    now, city = clock.now(), City.objects.order_by("pk")[0]
    return Party.objects.bulk_create(
        Party(
            kind=PartyKind.CREATOR,
            name=f"达人{number}",
            legal_name=f"达人{number}",
            city=city,
            contact_name="某人",
            contact_phone="13800000000",
            status=PartyStatus.LISTED,
            created_at=now,
            submitted_at=now,
            verified_at=now,
            updated_at=now,
        )
        for number in range(count)
    )


def claim(pool: Pool, party: Party, key: str = "", **changes: Any) -> Claim:
    return services.claim_seat(
        SYSTEM, pool=pool, party=party, key=key or f"claim:{party.pk}", **changes
    )


def statuses(pool: Pool) -> list[str]:
    return list(pool.claims.order_by("submitted_at", "place").values_list("status", flat=True))
