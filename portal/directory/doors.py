"""The four front doors, by kind of party."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.parties.states import PartyKind


@dataclass(frozen=True, slots=True)
class Door:
    """`path`: its place in addresses."""

    kind: str
    path: str
    title: str | Promise
    icon: str

    @property
    def url(self) -> str:
        return reverse(f"{self.kind}_list")

    @property
    def compare_url(self) -> str:
        return reverse(f"{self.kind}_compare")


DOORS = {
    door.kind: door
    for door in (
        Door(PartyKind.PROVIDER.value, "providers", _("Find service providers"), "headset"),
        Door(PartyKind.AGENCY.value, "agencies", _("Find agencies"), "users-group"),
        Door(PartyKind.CREATOR.value, "creators", _("Find creators"), "users"),
        Door(PartyKind.MERCHANT.value, "merchants", _("Find merchants"), "building-store"),
    )
}
KIND_BY_PATH = {door.path: door.kind for door in DOORS.values()}
