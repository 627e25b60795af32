"""Addresses of people: told to whom they are of, and erased with the person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matchmaking.samples.models import Sample
from matchmaking.samples.states import ON_THE_WAY
from portal.parties.holdings import register_holding
from portal.parties.models import Party, User

GONE = "—"


def tell_samples(person: User) -> list[dict[str, Any]]:
    rows = Sample.objects.filter(requested_by=person).order_by("requested_at")
    return [dict(row) for row in rows.values("product", "quantity", "masked", "requested_at")]


def forget_addresses(person: User, own: Sequence[Party]) -> None:
    """A parcel that is on its way keeps its address until it has arrived."""
    rows = Sample.objects.filter(requested_by=person)
    rows.exclude(status__in=["requested", *ON_THE_WAY]).update(address=None, masked=GONE)


register_holding("samples", tell_samples, forget_addresses)
