"""Pictures as a party's own page lists them, and as others see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from portal.moderation.models import Case
from portal.parties.models import Party, PartyPicture
from portal.parties.profile_states import PictureSlot, PictureStatus

OWN_SLOTS = (PictureSlot.LOGO, PictureSlot.COVER)


@dataclass(frozen=True, slots=True)
class Place:
    """A place with what stands there and what waits for it; `case` says why one was refused."""

    slot: PictureSlot
    shown: PartyPicture | None
    waiting: PartyPicture | None
    case: Case | None


def places_of(party: Party) -> list[Place]:
    standing = PartyPicture.objects.standing().filter(party=party, slot__in=OWN_SLOTS)
    found = {(picture.slot, picture.status == PictureStatus.SHOWN): picture for picture in standing}
    cases = _cases([picture for picture in standing if picture.status != PictureStatus.SHOWN])
    return [_place(slot, found, cases) for slot in OWN_SLOTS]


def _place(
    slot: PictureSlot, found: dict[tuple[str, bool], PartyPicture], cases: dict[str, Case]
) -> Place:
    waiting = found.get((slot, False))
    case = cases.get(str(waiting.pk)) if waiting else None
    return Place(slot, found.get((slot, True)), waiting, case)


def _cases(pictures: Iterable[PartyPicture]) -> dict[str, Case]:
    """What was said of each of these."""
    keys = [str(picture.pk) for picture in pictures]
    about = Case.objects.filter(object_type=PartyPicture._meta.label_lower, object_id__in=keys)
    return {case.object_id: case for case in about}


def shown_cover(party: Party) -> PartyPicture | None:
    shown = PartyPicture.objects.shown().filter(party=party, slot=PictureSlot.COVER)
    return shown.first()


def shown_pictures_of_cases(case_ids: Iterable[UUID]) -> dict[UUID, PartyPicture]:
    """By case: the picture others see of it."""
    shown = PartyPicture.objects.shown().filter(case__in=list(case_ids), slot=PictureSlot.CASE)
    return {picture.case_id: picture for picture in shown if picture.case_id is not None}


def picture_of_case(case_id: UUID) -> PartyPicture | None:
    """What its own party sees: the one that waits, else the one shown."""
    standing = PartyPicture.objects.standing().filter(case=case_id)
    found = sorted(standing, key=lambda picture: picture.status == PictureStatus.SHOWN)
    return found[0] if found else None
