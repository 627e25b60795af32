"""Promises of a party that turns out to be another one's double."""

from __future__ import annotations

from matchmaking.choosing.models import Disclosure
from portal.parties.merges import stays

stays(Disclosure, "party")  # never changed
