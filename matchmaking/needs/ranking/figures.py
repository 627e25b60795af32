"""What a candidate can still take on, and how many it reaches. What these are read from writes into
the journal of offers (see the triggers of migration 0015), so a kept market is brought up to date
with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Sum

from matchmaking.cooperation.models import Cooperation
from portal.parties.models import ProviderProfile, Reach, RosterEntry
from portal.parties.states import PartyKind

FEWEST = 3  # creators, before an agency's sum says nothing about a single one of them


def places_of(ids: Sequence[int] | None) -> dict[int, float]:
    """By provider: what it says it can do at once, less what runs here and elsewhere. Who has not
    said is missing. `ids`: of these, or of all."""
    said = ProviderProfile.objects.filter(capacity__isnull=False)
    live = Cooperation.objects.live()
    if ids is not None:
        said, live = said.filter(party__in=ids), live.filter(provider__in=ids)
    running = dict(live.order_by().values_list("provider").annotate(n=Count("pk")))
    rows = said.values_list("party_id", "capacity", "busy_elsewhere")
    return {pk: float(max(0, (most or 0) - busy - running.get(pk, 0))) for pk, most, busy in rows}


def reach_of(kind: PartyKind, ids: Sequence[int] | None) -> dict[int, float]:
    """Followers of creators; of agencies, their creators' together. Who is not known is missing."""
    if kind == PartyKind.AGENCY:
        return _of_rosters(ids)
    known = Reach.objects.filter(followers__isnull=False)
    if ids is not None:
        known = known.filter(party__in=ids)
    return {pk: float(number or 0) for pk, number in known.values_list("party_id", "followers")}


def _of_rosters(ids: Sequence[int] | None) -> dict[int, float]:
    known = RosterEntry.objects.running().filter(creator__reach__followers__isnull=False)
    if ids is not None:
        known = known.filter(agency__in=ids)
    rows = known.order_by().values_list("agency")
    sums = rows.annotate(n=Count("pk"), sum=Sum("creator__reach__followers"))
    return {pk: float(total) for pk, number, total in sums if number >= FEWEST}
