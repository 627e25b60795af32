"""The parts of a party's own profile that have pages of their own, and what is in them so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.parties.models import (
    AgencyProfile,
    ClientCase,
    MerchantProfile,
    Party,
    PartyPicture,
    StaffMember,
)
from portal.parties.profile_states import PictureStatus
from portal.parties.states import PartyKind


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    said: str
    url: str


def sections_of(party: Party) -> list[Section]:
    source = SECTIONS.get(PartyKind(party.kind))
    return [*(source(party) if source else []), *_pictures(party)]


def _pictures(party: Party) -> Iterator[Section]:
    standing = PartyPicture.objects.standing().filter(party=party)
    waiting = standing.filter(status=PictureStatus.WAITING).count()
    numbers = {"n": standing.shown().count(), "waiting": waiting}
    said = _("%(n)s shown, %(waiting)s waiting") % numbers
    yield Section(_("Pictures"), said, reverse("picture_list", args=[party.pk]))


def _of_provider(party: Party) -> Iterator[Section]:
    people = StaffMember.objects.working().filter(party=party).count()
    said = ngettext("%(n)s person", "%(n)s people", people) % {"n": people}
    yield Section(_("Team"), said, reverse("staff_list", args=[party.pk]))
    standing = ClientCase.objects.standing().filter(party=party)
    numbers = {"n": standing.count(), "verified": standing.verified().count()}
    said = _("%(n)s, %(verified)s verified") % numbers
    yield Section(_("Cases"), said, reverse("client_case_list", args=[party.pk]))


def _of_merchant(party: Party) -> Iterator[Section]:
    shop = MerchantProfile.objects.filter(party=party).first()
    said = str(shop.get_shop_tier_display()) if shop else _("not said")
    yield Section(_("Shop, brands and promises"), said, reverse("profile_edit", args=[party.pk]))


def _of_agency(party: Party) -> Iterator[Section]:
    has_house = AgencyProfile.objects.filter(party=party).exists()
    said = _("said") if has_house else _("not said")
    yield Section(_("House and contact"), said, reverse("profile_edit", args=[party.pk]))


SECTIONS: dict[PartyKind, Callable[[Party], Iterator[Section]]] = {
    PartyKind.PROVIDER: _of_provider,
    PartyKind.MERCHANT: _of_merchant,
    PartyKind.AGENCY: _of_agency,
}
