"""Who may speak for a party, and who decides it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.contacts import normal_phone
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.parties import states
from portal.parties.models import Invitation, Membership, OwnershipOffer, Party, User
from portal.parties.rules.parties import can_manage_party, is_member
from portal.parties.states import InvitationStatus, OfferStatus, PartyStatus, Role

BETWEEN_SENDINGS = timedelta(seconds=60)


def roles_to_give(actor: Actor) -> list[Role]:
    """The roles this person may give to others."""
    if actor.role == SYSTEM:
        return [Role.MANAGER, Role.FINANCE, Role.MEMBER]
    return [role for role in Role if role in states.GRANTS.get(actor.role, frozenset())]


def can_manage_members(actor: Actor, party: Party) -> Verdict:
    """Invite, name and dismiss colleagues."""
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if actor.key_id:
        return forbidden(_("A key may not do this. Sign in."))
    if party.status == PartyStatus.CLOSED:
        return conflict(_("This party is closed."))
    return ALLOWED


def can_give_role(actor: Actor, party: Party, role: str) -> Verdict:
    if not (verdict := can_manage_members(actor, party)):
        return verdict
    if role == Role.OWNER:
        return conflict(_("There is one owner. Hand the ownership over instead."))
    if role not in roles_to_give(actor):
        return forbidden(_("Only the owner names managers and finance."))
    return ALLOWED


def can_change_role(actor: Actor, membership: Membership, role: str) -> Verdict:
    if not (verdict := can_give_role(actor, membership.party, role)):
        return verdict
    return _may_touch(actor, membership)


def can_remove_member(actor: Actor, membership: Membership) -> Verdict:
    if not (verdict := can_manage_members(actor, membership.party)):
        return verdict
    return _may_touch(actor, membership)


def _may_touch(actor: Actor, membership: Membership) -> Verdict:
    if membership.role == Role.OWNER:
        return conflict(_("The owner stays until the ownership is handed over."))
    if membership.user_id == actor.user_id:
        return conflict(_("Nobody changes their own role; you may leave the party."))
    if membership.role not in roles_to_give(actor):
        return forbidden(_("Only the owner may do this to a manager or to finance."))
    return ALLOWED


def can_leave_party(actor: Actor, party: Party) -> Verdict:
    if not actor.speaks_for(party.pk):
        return forbidden(_("You do not speak for this party."))
    if actor.key_id:
        return forbidden(_("A key may not do this. Sign in."))
    if actor.role == Role.OWNER:
        return forbidden(_("Hand the ownership over first; a party always has an owner."))
    return ALLOWED


# --- invitations ---------------------------------------------------------------------------------


def flaws_of_address(email: str, phone: str) -> Iterator[Flaw]:
    if bool(email) == bool(phone):
        yield Flaw("address", _("Give a mail address or a phone number."))
    elif phone and not normal_phone(phone):
        yield Flaw("address", _("Enter a mainland mobile number of 11 digits."))
    elif email:
        try:
            validate_email(email)
        except ValidationError:
            yield Flaw("address", _("Enter a mail address, such as name@example.com."))


def address_is_sound(email: str, phone: str) -> Verdict:
    return flawless(flaws_of_address(email, phone))


def can_answer_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    if actor.user is None:
        return forbidden(_("Sign in first."))
    if not (verdict := invitation_is_open(invitation)):
        return verdict
    if is_member(actor.user, invitation.party):
        return conflict(_("You speak for this party already."))
    return ALLOWED


def invitation_is_open(invitation: Invitation) -> Verdict:
    if invitation.party.status == PartyStatus.CLOSED:
        return conflict(_("This party is closed."))
    if invitation.status != InvitationStatus.PENDING:
        return conflict(_("This invitation was answered or withdrawn."))
    if invitation.expires_at <= clock.now():
        return conflict(_("This invitation is too old. Ask for a new one."))
    return ALLOWED


def can_withdraw_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    if not (verdict := can_give_role(actor, invitation.party, invitation.role)):
        return verdict
    if invitation.status != InvitationStatus.PENDING:
        return conflict(_("This invitation was answered or withdrawn."))
    return ALLOWED


def can_resend_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    if not (verdict := can_withdraw_invitation(actor, invitation)):
        return verdict
    if invitation.sent_at > clock.now() - BETWEEN_SENDINGS:
        return conflict(_("It was sent a moment ago. Wait a minute."))
    return ALLOWED


# --- the ownership -------------------------------------------------------------------------------


def can_offer_ownership(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_members(actor, party)):
        return verdict
    if actor.role != Role.OWNER:
        return forbidden(_("Only the owner may hand the party over."))
    if OwnershipOffer.objects.filter(party=party).open_at(clock.now()).exists():
        return conflict(_("The party is offered to somebody already; withdraw that first."))
    return ALLOWED


def can_take_ownership(party: Party, person: User) -> Verdict:
    """Whether this person could be the next owner."""
    role = Membership.objects.filter(party=party, user=person).values_list("role", flat=True)
    if not role or role[0] == Role.OWNER or not person.is_active:
        return conflict(_("Only a colleague who speaks for the party can take it over."))
    return ALLOWED


def can_withdraw_ownership(actor: Actor, offer: OwnershipOffer) -> Verdict:
    if not (verdict := can_manage_members(actor, offer.party)):
        return verdict
    if actor.role != Role.OWNER:
        return forbidden(_("Only the owner may hand the party over."))
    return _offer_is_open(offer)


def can_answer_ownership(actor: Actor, offer: OwnershipOffer) -> Verdict:
    if actor.key_id:
        return forbidden(_("A key may not do this. Sign in."))
    if not actor.speaks_for(offer.party_id) or actor.user_id != offer.taker_id:
        return forbidden(_("Only the person it was offered to may answer."))
    return _offer_is_open(offer)


def _offer_is_open(offer: OwnershipOffer) -> Verdict:
    if offer.status != OfferStatus.PENDING:
        return conflict(_("This offer was answered or withdrawn."))
    if offer.expires_at <= clock.now():
        return conflict(_("This offer is too old. Ask for a new one."))
    return ALLOWED


def may_end_as(status: str, answer: str) -> bool:
    return answer in states.ANSWERS.get(status, frozenset())
