"""Reads that join several models."""

from __future__ import annotations

from portal.parties.models import Party
from portal.parties.models.party import PartyQuerySet


def whole_parties() -> PartyQuerySet:
    """Parties with everything their pages show, in a fixed number of queries."""
    return Party.objects.select_related("city", "profile").prefetch_related(
        "category_shares__category", "profile__services", "profile__cities"
    )
