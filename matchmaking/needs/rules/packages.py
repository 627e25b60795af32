"""Who offers packages, who orders them, and what one must say."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.rules import flaws_of_price
from matchmaking.cooperation.states import LIVE
from matchmaking.needs import states
from matchmaking.needs.fields import ServiceOfferFields
from matchmaking.needs.models import Need, ServiceOffer
from matchmaking.needs.rules.brokered import is_reached_directly
from matchmaking.needs.rules.contacts import flaws_of_contacts
from matchmaking.needs.rules.needs import is_blocked
from matchmaking.needs.rules.soundness import MOST_MONTHS
from matchmaking.needs.states import NeedStatus, ServiceOfferStatus
from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.moderation.rules import flaws_of_words, nothing_is_held
from portal.moderation.selectors import held_fields
from portal.parties.rules import can_manage_party
from portal.parties.states import PartyKind, PartyStatus

MOST_SERVICE_OFFERS = 30
MOST_LEAD, MOST_HOURS, MOST_AT_ONCE = 90, 45, 999
MOST_LEVEL = 1_000  # characters, as in a cooperation
TEXTS = ("title", "scope", "service_level")


def can_list_service_offers(actor: Actor) -> Verdict:
    """Everybody reads them; a file, and columns of one's own, are for who is signed in."""
    if actor.user is None:
        return forbidden(_("Sign in first."))
    return ALLOWED


def can_create_service_offer(actor: Actor) -> Verdict:
    if actor.party is None or actor.party.kind == PartyKind.MERCHANT:
        return forbidden(
            _("Providers, agencies and creators offer packages; merchants order them.")
        )
    if not (verdict := can_manage_party(actor, actor.party)):
        return verdict
    if ServiceOffer.objects.owned_by(actor).count() >= MOST_SERVICE_OFFERS:
        return conflict(_("These are as many packages as a party may have."))
    return ALLOWED


def can_edit_service_offer(actor: Actor, offer: ServiceOffer) -> Verdict:
    """Also a shown one: orders keep the terms they were made on."""
    return can_manage_party(actor, offer.provider)


def service_offer_is_as_seen(offer: ServiceOffer, seen: int) -> Verdict:
    if offer.version != seen:
        return conflict(_("This changed meanwhile: the package has other terms now. Look again."))
    return ALLOWED


def can_show_service_offer(actor: Actor, offer: ServiceOffer) -> Verdict:
    if not (verdict := can_edit_service_offer(actor, offer)):
        return verdict
    if ServiceOfferStatus.SHOWN not in states.SERVICE_OFFER_TRANSITIONS[offer.status]:
        return conflict(_("It is shown already."))
    if offer.provider.status != PartyStatus.LISTED:
        return unmet(_("Your party must be listed before its packages are shown."))
    return is_fit_to_show(offer)


def can_hide_service_offer(actor: Actor, offer: ServiceOffer) -> Verdict:
    if not (verdict := can_edit_service_offer(actor, offer)):
        return verdict
    if offer.status != ServiceOfferStatus.SHOWN:
        return conflict(_("It is not shown."))
    return ALLOWED


def can_order_service_offer(actor: Actor, offer: ServiceOffer) -> Verdict:
    if actor.party is None or actor.party.kind != PartyKind.MERCHANT:
        return forbidden(_("Only a merchant can order. Switch to a merchant party."))
    if not (verdict := can_manage_party(actor, actor.party)):
        return verdict
    if not actor.party.is_trusted:
        return unmet(_("The merchant must be verified before it can order."))
    if actor.party.sandbox_of_id != offer.provider.sandbox_of_id:
        return unmet(_("A sandbox deals with itself only."))
    is_shown = offer.status == ServiceOfferStatus.SHOWN
    is_listed = offer.provider.status == PartyStatus.LISTED
    if not (is_shown and is_listed) or is_blocked(actor.party.pk, offer.provider_id):
        return conflict(_("This package is not offered at the moment."))
    if not (verdict := is_reached_directly(offer.provider)):
        return verdict
    waiting = Need.objects.filter(service_offer=offer, status=NeedStatus.MATCHED)
    if waiting.filter(merchant=actor.party).exists():
        return conflict(_("You have ordered it already; the answer is due."))
    if waiting.count() + running_orders(offer) >= offer.most_open:
        return conflict(_("All places of this package are taken; ask the provider directly."))
    return ALLOWED


def running_orders(offer: ServiceOffer) -> int:
    """Orders that became a cooperation which is not over."""
    awarded = Need.objects.filter(service_offer=offer, status=NeedStatus.AWARDED)
    return awarded.filter(proposals__cooperation__status__in=LIVE).count()


def texts_of_service_offer(offer: ServiceOffer) -> dict[str, str]:
    """What everybody reads of it."""
    return {name: getattr(offer, name) for name in TEXTS}


def is_fit_to_show(offer: ServiceOffer) -> Verdict:
    """What a person must look at is hidden meanwhile."""
    texts = texts_of_service_offer(offer)
    return nothing_is_held(texts, held_fields(offer, texts))


def order_is_sound(need: Need) -> Verdict:
    """The note of an order is read by its provider alone, and is a text like others."""
    return flawless([*flaws_of_words(need, "brief"), *flaws_of_contacts(need, "brief")])


def service_offer_is_sound(fields: ServiceOfferFields, kind: str) -> Verdict:
    return flawless(flaws_of_service_offer(fields, kind))


def flaws_of_service_offer(fields: ServiceOfferFields, kind: str) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title")
    yield from flaws_of_words(fields, *TEXTS)
    yield from flaws_of_contacts(fields, *TEXTS)
    if len(fields.service_level) > MOST_LEVEL:
        yield Flaw("service_level", _("At most 1,000 characters."))
    if kind == PartyKind.PROVIDER and not fields.service_ids:
        yield Flaw("service_ids", _("Choose at least one service."))
    if kind != PartyKind.PROVIDER and fields.service_ids:
        yield Flaw("service_ids", _("Only providers name services; leave these empty."))
    yield from flaws_of_price(fields)
    for name, least, most in (
        ("term_months", 1, MOST_MONTHS),
        ("lead_days", 0, MOST_LEAD),
        ("answer_hours", 1, MOST_HOURS),
        ("most_open", 1, MOST_AT_ONCE),
    ):
        if not least <= getattr(fields, name) <= most:
            sentence = _("From %(least)s to %(most)s.")
            yield Flaw(name, str(sentence) % {"least": least, "most": most})
