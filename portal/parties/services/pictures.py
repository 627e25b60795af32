"""Setting and taking off pictures of parties. Others see a picture once an operator has passed it;
until then they see the one before it, or the first letter of the name."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor, system_actor
from portal.core.files import (
    attach_file,
    delete_file,
    keep_made_file,
    open_bytes,
    store_file,
    take_file,
)
from portal.core.files.pictures import fit
from portal.core.models import StoredFile
from portal.core.verdict import Refused, conflict
from portal.moderation.models import Case
from portal.moderation.services import drop_pictures, watch_picture
from portal.moderation.states import CaseState
from portal.parties import rules
from portal.parties.files import PARTY_PICTURE
from portal.parties.models import ClientCase, Party, PartyPicture
from portal.parties.profile_states import OPEN_PICTURES, PictureSlot, PictureStatus
from portal.parties.services.parties import lock_party

Source = UploadedFile | uuid.UUID  # a file, or the id of one's own upload
SMALL = {  # pixels
    PictureSlot.LOGO: (192, 192),
    PictureSlot.COVER: (640, 240),
    PictureSlot.CASE: (480, 300),
}
OUTCOMES = {
    CaseState.PASSED: PictureStatus.SHOWN,
    CaseState.REVERSED: PictureStatus.SHOWN,
    CaseState.REFUSED: PictureStatus.REFUSED,
    CaseState.UPHELD: PictureStatus.REFUSED,
}


@transaction.atomic
def set_picture(
    actor: Actor,
    *,
    party: Party,
    slot: PictureSlot,
    source: Source,
    case: ClientCase | None = None,
) -> PartyPicture:
    """Hand in a picture. The one that waited or was refused before it makes room."""
    party = lock_party(party)
    rules.can_set_picture(actor, party, slot, case).require()
    file = _file_of(actor, party, source)
    picture = PartyPicture(
        party=party,
        slot=slot,
        case=case,
        file=file,
        small=_small(actor, party, slot, file),
        set_at=clock.now(),
        set_by_id=actor.user_id,
    )
    for old in PartyPicture.objects.beside(picture).filter(status__in=OPEN_PICTURES):
        _end(actor, old, PictureStatus.REPLACED)
    picture.save()
    watch_picture(
        actor,
        obj=picture,
        field=slot,
        file_id=file.pk,
        party_id=party.pk,
        url=reverse("picture_list", args=[party.pk]),
    )
    audit.record(actor, "set_picture", party, after=_facts(picture))
    return picture


@transaction.atomic
def remove_picture(actor: Actor, *, picture: PartyPicture) -> PartyPicture:
    """Take it off; its bytes go."""
    picture = _lock(picture)
    rules.can_remove_picture(actor, picture).require()
    _end(actor, picture, PictureStatus.REMOVED)
    _project_logo(picture)
    audit.record(actor, "remove_picture", picture.party, before=_facts(picture))
    return picture


def refresh_picture(picture_id: str) -> None:
    """Show or refuse the picture as the case about it says; called where the case changed."""
    picture = _lock(PartyPicture.objects.select_related("party").get(pk=picture_id))
    case = Case.objects.about(picture).order_by("-pk").first()
    status = OUTCOMES.get(CaseState(case.state)) if case else None
    if status is None or status == picture.status or picture.ended_at is not None:
        return
    actor = system_actor("task")
    if status == PictureStatus.SHOWN:
        for old in PartyPicture.objects.beside(picture).shown():
            _end(actor, old, PictureStatus.REPLACED)
    _change_status(picture, status)
    _project_logo(picture)


# --- pieces ---------------------------------------------------------------------------------------


def _lock(picture: PartyPicture) -> PartyPicture:
    """The picture under its party's lock."""
    party = lock_party(picture.party)
    locked = PartyPicture.objects.select_related("file", "small").get(pk=picture.pk)
    locked.party = party
    return locked


def _file_of(actor: Actor, party: Party, source: Source) -> StoredFile:
    if isinstance(source, uuid.UUID):
        file = take_file(actor, file_id=source, purpose=PARTY_PICTURE)
        file.party_id = party.pk
        file.save(update_fields=["party_id"])
        return file
    file = store_file(actor, upload=source, purpose=PARTY_PICTURE, party_id=party.pk)
    return attach_file(actor, file=file)


def _small(actor: Actor, party: Party, slot: PictureSlot, file: StoredFile) -> StoredFile:
    with open_bytes(file) as source:
        data, content_type = fit(source, SMALL[slot])
    return keep_made_file(
        actor,
        content=BytesIO(data),
        content_type=content_type,
        name=file.name,
        purpose=PARTY_PICTURE,
        party_id=party.pk,
    )


def _end(actor: Actor, picture: PartyPicture, status: PictureStatus) -> None:
    picture.ended_at = clock.now()
    _change_status(picture, status)
    drop_pictures(actor, obj=picture)
    for file in (picture.file, picture.small):
        if file.party_id == picture.party_id:  # a file that several parties share stays
            delete_file(actor, file=file, why=status)


def _change_status(picture: PartyPicture, status: PictureStatus) -> None:
    if not rules.can_become_picture(picture, status):
        raise Refused(conflict(_("This is not possible in the picture's present state.")))
    picture.status = status
    picture.save(update_fields=["status", "ended_at"])


def _project_logo(picture: PartyPicture) -> None:
    """The shown logo stands on the party's row, so that a list needs no query for it."""
    if picture.slot == PictureSlot.LOGO:
        logos = PartyPicture.objects.shown().filter(party=picture.party_id, slot=PictureSlot.LOGO)
        key = logos.values_list("pk", flat=True).first()
        Party.objects.filter(pk=picture.party_id).update(logo=key)
        picture.party.logo = key


def _facts(picture: PartyPicture) -> dict[str, Any]:
    return {"slot": picture.slot, "picture": str(picture.pk), "case": str(picture.case_id or "")}
