"""Which agency a creator belongs to, and what an agency's roster page shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q

from portal.core import clock
from portal.core.actor import Actor
from portal.core.clock import SHANGHAI
from portal.parties import states
from portal.parties.models import Party, RosterEntry
from portal.parties.models.roster import RosterQuerySet
from portal.parties.states import RosterStatus

VIEWS = {  # the tabs of a roster
    "members": states.RUNNING,
    "waiting": frozenset({RosterStatus.INVITED}),
    "past": frozenset(
        {
            RosterStatus.ENDED,
            RosterStatus.DECLINED,
            RosterStatus.WITHDRAWN,
            RosterStatus.EXPIRED,
        }
    ),
}


def agency_of(creator: Party, at: datetime) -> Party | None:
    """The agency whose contract with the creator holds the moment; None: independent then."""
    return agencies_of([creator.pk], at).get(creator.pk)


def agencies_of(creator_ids: Iterable[int], at: datetime) -> dict[int, Party]:
    """The agency of each of these creators at a moment; the independent ones are left out."""
    day = at.astimezone(SHANGHAI).date()
    entries = RosterEntry.objects.bound_on(day).filter(creator__in=list(creator_ids))
    found = entries.select_related("agency")
    return {entry.creator_id: entry.agency for entry in found if entry.creator_id is not None}


def roster_of(actor: Actor, agency: Party) -> RosterQuerySet:
    """The part of an agency's roster this person may see."""
    seen = RosterEntry.objects.visible_to(actor).of_agency(agency)
    return seen.select_related("creator__city", "agency")


def search_roster(entries: RosterQuerySet, *, words: str) -> RosterQuerySet:
    """Entries whose name, account or phone holds the words."""
    for word in words.split():
        entries = entries.filter(
            Q(name__icontains=word)
            | Q(creator__name__icontains=word)
            | Q(account__icontains=word)
            | Q(phone__contains=word)
        )
    return entries


def entries_of_creator(creator: Party) -> RosterQuerySet:
    """Everything between a creator and agencies, the newest first."""
    mine = RosterEntry.objects.filter(creator=creator)
    return mine.select_related("agency__city", "creator").order_by("-pk")


def roster_size(agency: Party) -> int:
    """How many creators are in the agency today; those who are not named count too."""
    running = RosterEntry.objects.running().of_agency(agency)
    return running.filter(period__contains=clock.today()).count()


def roster_sizes(agency_ids: Iterable[int]) -> dict[int, int]:
    """The same of many agencies; those without a creator are left out."""
    running = RosterEntry.objects.running().filter(agency__in=list(agency_ids))
    today = running.filter(period__contains=clock.today())
    return dict(today.values_list("agency_id").annotate(n=Count("pk")))


def shown_members(agency: Party) -> RosterQuerySet:
    """The creators an agency's public page may name: they said so, and they are listed."""
    members = RosterEntry.objects.running().of_agency(agency).filter(is_shown=True)
    listed = members.filter(creator__status=states.PartyStatus.LISTED)
    return listed.select_related("creator__city").order_by("pk")
