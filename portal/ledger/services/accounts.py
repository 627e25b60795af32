"""Opening accounts. An account is there once and for good; opening it again finds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.ledger.models import Account
from portal.ledger.states import Currency, Kind, Track

OPEN = """
    INSERT INTO ledger_account (party_id, kind, track, currency, opened_at)
    SELECT party, kind, track, currency, %(at)s
    FROM unnest(%(parties)s::bigint[], %(kinds)s::text[], %(tracks)s::text[], %(units)s::text[])
      AS asked(party, kind, track, currency)
    ORDER BY party, kind, track, currency
    ON CONFLICT DO NOTHING
"""


class Place(NamedTuple):
    """Which account is meant; `party_id` None is the platform."""

    party_id: int | None
    kind: Kind
    track: Track
    currency: Currency = Currency.CNY


def open_account(actor: Actor, *, place: Place) -> int:
    """The key of the account of this place."""
    return open_accounts(actor, places=[place])[place]


@transaction.atomic
def open_accounts(actor: Actor, *, places: Iterable[Place]) -> dict[Place, int]:
    """The keys of the accounts of these places, which are made where they are missing."""
    wanted = set(places)
    found = _known(wanted)
    if missing := [place for place in wanted if place not in found]:
        _insert(missing)
        found |= _known(missing)
    return found


def _known(places: Iterable[Place]) -> dict[Place, int]:
    wanted = set(places)
    parties = {place.party_id for place in wanted}
    rows = Account.objects.filter(party__in=parties - {None})
    if None in parties:
        rows |= Account.objects.filter(party=None)
    found = {
        Place(row.party_id, Kind(row.kind), Track(row.track), Currency(row.currency)): row.pk
        for row in rows
    }
    return {place: found[place] for place in wanted if place in found}


def _insert(places: Sequence[Place]) -> None:
    values: dict[str, Any] = {
        "at": clock.now(),
        "parties": [place.party_id for place in places],
        "kinds": [place.kind for place in places],
        "tracks": [place.track for place in places],
        "units": [place.currency for place in places],
    }
    with connection.cursor() as cursor:
        cursor.execute(OPEN, values)
