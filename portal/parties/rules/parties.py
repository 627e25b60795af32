"""Who may do what with a party. Every refusal says why."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from portal.core.actor import SYSTEM, Actor
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
from portal.moderation.rules import flaws_of_words
from portal.parties import states
from portal.parties.fields import PartyFields, ProviderFields
from portal.parties.models import Membership, Party, StaffScope, User
from portal.parties.profile_states import FactPart
from portal.parties.states import PartyKind, PartyStatus

MOST_CAPACITY = 999


def can_register_party(actor: Actor) -> Verdict:
    if actor.is_signed_in:
        return ALLOWED
    return forbidden(_("Sign in first."))


def can_register_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the platform itself registers many parties at once."))


def can_manage_party(actor: Actor, party: Party) -> Verdict:
    """Speaking for the party in a role that may sign for it."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not actor.speaks_for(party.pk):
        return forbidden(_("You do not speak for this party."))
    if actor.role not in states.MANAGING:
        return forbidden(_("Only the owner or a manager of the party may do this."))
    return ALLOWED


def can_edit_party(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if party.status == PartyStatus.SUBMITTED:
        return conflict(_("The application is under review; wait for the answer before editing."))
    if party.status in {PartyStatus.SUSPENDED, PartyStatus.CLOSED}:
        return conflict(_("This party is suspended or closed."))
    if party.status == PartyStatus.REFUSED:
        return conflict(_("The application was refused; begin it anew to change it."))
    return ALLOWED


def profile_is_complete(party: Party) -> Verdict:
    profile = getattr(party, "profile", None)
    return is_complete(
        party.kind,
        has_shares=party.category_shares.exists(),
        has_services=profile is not None and profile.services.exists(),
    )


def is_complete(kind: str, *, has_shares: bool, has_services: bool) -> Verdict:
    if kind in {PartyKind.MERCHANT, PartyKind.PROVIDER} and not has_shares:
        return unmet(_("Say which categories the business is in."))
    if kind == PartyKind.PROVIDER and not has_services:
        return unmet(_("Choose at least one service."))
    return ALLOWED


def can_review_party(actor: Actor, party: Party) -> Verdict:
    if not (verdict := may_review(actor, party)):
        return verdict
    if party.status != PartyStatus.SUBMITTED:
        return conflict(_("This application is not waiting for an answer."))
    return ALLOWED


def may_review(actor: Actor, party: Party) -> Verdict:
    """Whether this reviewer is one for this party, whatever there is to answer."""
    if not actor.has_perm("parties.review_party"):
        return forbidden(_("Only reviewers may answer applications."))
    if actor.user is not None and not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if actor.user is not None and is_member(actor.user, party):
        return forbidden(_("Nobody reviews a party of their own; another reviewer must answer."))
    return ALLOWED


def is_member(user: User | None, party: Party) -> bool:
    return user is not None and Membership.objects.filter(user=user, party=party).exists()


def covers_region(actor: Actor, party: Party) -> bool:
    scope = StaffScope.objects.filter(user=actor.user).first()
    return scope is None or not scope.regions or party.city.region_id in scope.regions


def can_put_checklist_away(actor: Actor, party: Party) -> Verdict:
    if actor.user is None or not actor.speaks_for(party.pk):
        return forbidden(_("You do not speak for this party."))
    return ALLOWED


def can_list_party(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if party.is_sandbox:
        return conflict(_("A sandbox is shown to nobody."))
    if party.status != PartyStatus.HIDDEN:
        return conflict(_("Only a hidden party can be shown again."))
    return ALLOWED


def can_hide_party(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if party.status != PartyStatus.LISTED:
        return conflict(_("Only a listed party can be hidden."))
    return ALLOWED


def can_become(party: Party, status: PartyStatus) -> bool:
    return status in states.TRANSITIONS[party.status]


# --- what is written must be sound: form, API and import ask the same -----------------------------


def party_is_sound(kind: str, fields: PartyFields, provider: ProviderFields | None) -> Verdict:
    return flawless(flaws_of_party(kind, fields, provider))


def flaws_of_party(
    kind: str, fields: PartyFields, provider: ProviderFields | None
) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "name", "legal_name", "contact_name")
    yield from flaws_of_words(fields, "name", "intro")
    is_person = kind == PartyKind.CREATOR and not fields.uscc
    if not is_person and not uscc.is_valid(fields.uscc):
        sentence = _("Enter the 18-character code of the business licence; its check digit is off.")
        yield Flaw("uscc", sentence)
    total = sum(fields.shares.values())
    if fields.shares and (total != 100 or min(fields.shares.values()) < 1):
        sentence = _("The shares must add up to 100%%; they are at %(total)s%%.")
        yield Flaw("shares", sentence % {"total": total})
    if provider is not None and kind != PartyKind.PROVIDER:
        yield Flaw("profile", _("Only a provider describes services."))
    elif provider is not None:
        yield from _flaws_of_provider(provider)


def _flaws_of_provider(provider: ProviderFields) -> Iterator[Flaw]:
    if not provider.service_ids:
        yield Flaw("service_ids", _("Choose at least one service."))
    if provider.price_low_fen < 0:
        yield Flaw("price_low_fen", _("Not below zero."))
    if provider.price_high_fen < provider.price_low_fen:
        yield Flaw("price_high_fen", _("Not below the lower fee."))
    if not provider.city_ids and not provider.works_remotely:
        yield Flaw("city_ids", _("Name a city, or say that you work remotely."))
    if not set(provider.fact_parts) <= set(FactPart.values):
        yield Flaw("fact_parts", _("Choose from the list."))
    if provider.capacity is not None and not 1 <= provider.capacity <= MOST_CAPACITY:
        yield Flaw("capacity", _("From 1 to %(most)s.") % {"most": MOST_CAPACITY})
    if not 0 <= provider.busy_elsewhere <= (provider.capacity or 0):
        yield Flaw("busy_elsewhere", _("Not more than you can run at once."))
