"""Who may describe a shop or an agency, and what can be said of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Verdict, flawless, flaws_of_lines, forbidden
from portal.moderation.rules import flaws_of_words
from portal.parties.fields import CONTACT_PHONE, AgencyFields, MerchantFields
from portal.parties.models import Belt, Party
from portal.parties.profile_states import ShipHours, ShopTier
from portal.parties.rules.parties import can_edit_party
from portal.parties.states import PartyKind

MOST_BRANDS, LONGEST_BRAND = 20, 40
MOST_BELTS = 5
FIRST_YEAR = 1980
MOST_HOUSE = 9_999
RETURNS = (7, 90)


def can_describe_merchant(actor: Actor, party: Party) -> Verdict:
    if party.kind != PartyKind.MERCHANT:
        return forbidden(_("Only a merchant has a shop."))
    return can_edit_party(actor, party)


def can_describe_agency(actor: Actor, party: Party) -> Verdict:
    if party.kind != PartyKind.AGENCY:
        return forbidden(_("Only an agency has this page."))
    return can_edit_party(actor, party)


def flaws_of_merchant(
    fields: MerchantFields, belts: Collection[int] | None = None
) -> Iterator[Flaw]:
    """`belts`: the keys of all of them, from a caller who judges many shops."""
    if fields.shop_tier not in ShopTier.values:
        yield Flaw("shop_tier", _("Choose one from the list."))
    if fields.ship_hours not in ShipHours.values:
        yield Flaw("ship_hours", _("Choose one from the list."))
    if not RETURNS[0] <= fields.returns_days <= RETURNS[1]:
        said = {"low": RETURNS[0], "high": RETURNS[1]}
        yield Flaw("returns_days", _("Enter a number from %(low)s to %(high)s.") % said)
    if len(fields.belt_ids) > MOST_BELTS:
        yield Flaw("belt_ids", _("At most %(n)s belts.") % {"n": MOST_BELTS})
    elif set(fields.belt_ids) - (_known(fields) if belts is None else set(belts)):
        yield Flaw("belt_ids", _("Choose from the list."))
    yield from _flaws_of_brands(fields)


def _known(fields: MerchantFields) -> set[int]:
    if not fields.belt_ids:
        return set()
    return set(Belt.objects.filter(pk__in=fields.belt_ids).values_list("pk", flat=True))


def _flaws_of_brands(fields: MerchantFields) -> Iterator[Flaw]:
    brands = [*fields.own_brands, *fields.sold_brands]
    if len(brands) > MOST_BRANDS:
        yield Flaw("own_brands", _("At most %(n)s brands.") % {"n": MOST_BRANDS})
    if len(set(brands)) < len(brands):
        yield Flaw("own_brands", _("A brand stands twice."))
    for name in ("own_brands", "sold_brands"):
        if any(not 0 < len(brand) <= LONGEST_BRAND for brand in getattr(fields, name)):
            said = {"n": LONGEST_BRAND}
            yield Flaw(name, _("A brand's name has 1 to %(n)s characters.") % said)
    yield from flaws_of_words(SimpleNamespace(own_brands=" ".join(brands)), "own_brands")


def merchant_is_sound(fields: MerchantFields) -> Verdict:
    return flawless(flaws_of_merchant(fields))


def flaws_of_agency(fields: AgencyFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "business_name")
    year = fields.founded_in
    if year is not None and not FIRST_YEAR <= year <= clock.today().year:
        said = {"low": FIRST_YEAR, "high": clock.today().year}
        yield Flaw("founded_in", _("Enter a number from %(low)s to %(high)s.") % said)
    for name in ("managers", "studios"):
        value = getattr(fields, name)
        if value is not None and not 0 <= value <= MOST_HOUSE:
            said = {"low": 0, "high": MOST_HOUSE}
            yield Flaw(name, _("Enter a number from %(low)s to %(high)s.") % said)
    if bool(fields.business_name.strip()) != bool(fields.business_phone.strip()):
        yield Flaw("business_phone", _("A contact has a name and a phone."))
    elif fields.business_phone and not re.match(CONTACT_PHONE, fields.business_phone):
        yield Flaw("business_phone", _("Enter digits, such as 13800001111 or 021-5555 1234."))


def agency_is_sound(fields: AgencyFields) -> Verdict:
    return flawless(flaws_of_agency(fields))
