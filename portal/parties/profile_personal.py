"""What profiles hold of people: a team's names, an agency's contact, portraits; told, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models

from portal.core import clock
from portal.parties.holdings import register_holding
from portal.parties.models import AgencyProfile, Party, PartyPicture, StaffMember, User
from portal.parties.personal import GONE
from portal.parties.profile_states import PictureStatus
from portal.parties.states import Role


def tell_houses(person: User) -> list[dict[str, Any]]:
    theirs = AgencyProfile.objects.filter(
        party__membership__user=person, party__membership__role=Role.OWNER
    )
    return [dict(row) for row in theirs.values("party_id", "business_name", "business_phone")]


def forget_houses(person: User, own: Sequence[Party]) -> None:
    AgencyProfile.objects.filter(party__in=own).update(business_name="", business_phone="")


def tell_pictures(person: User) -> list[dict[str, Any]]:
    theirs = PartyPicture.objects.standing().filter(
        party__membership__user=person, party__membership__role=Role.OWNER
    )
    return [dict(row) for row in theirs.order_by("set_at").values("slot", "status", "set_at")]


def forget_pictures(person: User, own: Sequence[Party]) -> None:
    """A portrait identifies; its bytes go with the files."""
    natural = [party.pk for party in own if party.is_natural_person]
    PartyPicture.objects.standing().filter(party__in=natural).update(
        status=PictureStatus.REMOVED, ended_at=clock.now()
    )
    Party.objects.filter(pk__in=natural).update(logo=None)


def tell_teams(person: User) -> list[dict[str, Any]]:
    """Colleagues they wrote down are not theirs to take along: how many, of which party."""
    theirs = StaffMember.objects.working().filter(
        party__membership__user=person, party__membership__role=Role.OWNER
    )
    return [dict(row) for row in theirs.values("party_id").annotate(people=models.Count("pk"))]


def forget_teams(person: User, own: Sequence[Party]) -> None:
    StaffMember.objects.filter(party__in=own).update(name=GONE)


register_holding("houses", tell_houses, forget_houses)
register_holding("pictures", tell_pictures, forget_pictures)
register_holding("teams", tell_teams, forget_teams)
