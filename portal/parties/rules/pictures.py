"""Who may set a picture of a party, and who may see it before it is passed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden
from portal.parties.models import ClientCase, Party, PartyPicture
from portal.parties.profile_states import (
    PICTURE_TRANSITIONS,
    STANDING_PICTURES,
    CaseStatus,
    PictureSlot,
    PictureStatus,
)
from portal.parties.rules.parties import can_edit_party


def can_set_picture(
    actor: Actor, party: Party, slot: PictureSlot, case: ClientCase | None = None
) -> Verdict:
    if not (verdict := can_edit_party(actor, party)):
        return verdict
    if (slot == PictureSlot.CASE) != (case is not None):
        return forbidden(_("A picture of a case names its case."))
    if case is not None and case.party_id != party.pk:
        return forbidden(_("You do not speak for this party."))
    if case is not None and case.status == CaseStatus.WITHDRAWN:
        return conflict(_("This case was taken down already."))
    return ALLOWED


def can_remove_picture(actor: Actor, picture: PartyPicture) -> Verdict:
    if not (verdict := can_edit_party(actor, picture.party)):
        return verdict
    if picture.status not in STANDING_PICTURES:
        return conflict(_("This picture was taken off already."))
    return ALLOWED


def can_see_picture(actor: Actor, picture: PartyPicture) -> Verdict:
    """Everybody once it is passed and while its party is listed; otherwise its party, who decides
    about pictures, and, of one that is passed, who looks at parties."""
    if is_public_picture(picture) or actor.role == SYSTEM:
        return ALLOWED
    if actor.speaks_for(picture.party_id) or actor.has_perm("moderation.decide_case"):
        return ALLOWED
    if picture.status == PictureStatus.SHOWN and actor.has_perm("parties.view_party"):
        return ALLOWED
    return forbidden(_("This picture is not shown."))


def is_public_picture(picture: PartyPicture) -> bool:
    """An address that was passed on says nothing about a party or a case that is not shown any
    more."""
    if picture.status != PictureStatus.SHOWN or not picture.party.is_public:
        return False
    return picture.case is None or picture.case.is_shown


def can_become_picture(picture: PartyPicture, status: PictureStatus) -> bool:
    return status in PICTURE_TRANSITIONS[picture.status]
