"""What profiles are made of, in words, and how a case of a provider is checked."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class FactPart(models.TextChoices):
    """The four parts of the business matrix (FACT) that a need is for and a provider serves."""

    FIELD = "own_live", _("Own live rooms")
    ALLIANCE = "matrix", _("Creator matrix")
    CAMPAIGN = "campaigns", _("Campaigns")
    TOP = "top", _("Top creators")

    @classmethod
    def in_order(cls, parts: Iterable[str]) -> list[str]:
        """Each once, as FACT is spelled."""
        return sorted(set(parts), key=cls.values.index)

    @property
    def place(self) -> int:
        """From 1: how the directory's index knows it. New parts go to the end."""
        return type(self).values.index(self.value) + 1


class StaffRole(models.TextChoices):
    MANAGER = "manager", _("Project manager")
    HOST = "host", _("Host")
    DIRECTOR = "director", _("Live-room director")
    OPERATIONS = "operations", _("Operations")
    ADS = "ads", _("Ad buyer")
    CONTENT = "content", _("Content and editing")
    DESIGN = "design", _("Design")
    SOURCING = "sourcing", _("Product sourcing")
    SERVICE = "service", _("Customer service")
    DATA = "data", _("Data analyst")
    TRAINER = "trainer", _("Trainer")


class CaseStatus(models.TextChoices):
    """A provider's own claim, until the platform's settlements are compared with it."""

    CLAIMED = "claimed", _("Claimed by the provider")
    CHECKING = "checking", _("Being checked")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Not confirmed")
    WITHDRAWN = "withdrawn", _("Taken down")


C = CaseStatus
CASE_TRANSITIONS: dict[str, frozenset[str]] = {
    C.CLAIMED: frozenset({C.CHECKING, C.WITHDRAWN}),
    C.CHECKING: frozenset({C.VERIFIED, C.REFUSED, C.CLAIMED, C.WITHDRAWN}),
    C.REFUSED: frozenset({C.CHECKING, C.WITHDRAWN}),
    C.VERIFIED: frozenset({C.WITHDRAWN}),
    C.WITHDRAWN: frozenset(),
}
CHANGEABLE_CASES = frozenset({C.CLAIMED, C.REFUSED})


class CheckOutcome(models.TextChoices):
    VERIFIED = "verified", _("Confirmed")
    REFUSED = "refused", _("Not confirmed")


class PictureSlot(models.TextChoices):
    """Where a picture of a party stands."""

    LOGO = "logo", _("Logo or portrait")
    COVER = "cover", _("Cover")
    CASE = "case", _("Picture of a case")


class PictureStatus(models.TextChoices):
    """Its own party sees a picture at once; others once an operator has passed it."""

    WAITING = "waiting", _("Waiting for a look")
    SHOWN = "shown", _("Shown")
    REFUSED = "refused", _("Refused")
    REPLACED = "replaced", _("Replaced")
    REMOVED = "removed", _("Taken off")


K = PictureStatus
PICTURE_TRANSITIONS: dict[str, frozenset[str]] = {
    K.WAITING: frozenset({K.SHOWN, K.REFUSED, K.REPLACED, K.REMOVED}),
    K.SHOWN: frozenset({K.REPLACED, K.REMOVED}),
    K.REFUSED: frozenset({K.SHOWN, K.REPLACED, K.REMOVED}),  # shown after all, on appeal
    K.REPLACED: frozenset(),
    K.REMOVED: frozenset(),
}
OPEN_PICTURES = frozenset({K.WAITING, K.REFUSED})  # the next one takes their place
STANDING_PICTURES = frozenset({K.WAITING, K.SHOWN, K.REFUSED})


class ShopTier(models.TextChoices):
    """What sort of shop a merchant has; the codes have places of their own in the directory."""

    FLAGSHIP = "flagship", _("Flagship shop")
    EXCLUSIVE = "exclusive", _("Shop of one brand")
    SPECIALTY = "specialty", _("Shop of several brands")
    COMPANY = "company", _("Ordinary company shop")
    SOLE = "sole", _("Sole trader's shop")


class ShipHours(models.IntegerChoices):
    """Hours after payment in which goods leave."""

    DAY = 24, _("within 24 hours")
    TWO_DAYS = 48, _("within 48 hours")
    THREE_DAYS = 72, _("within 72 hours")
    WEEK = 168, _("within 7 days (made to order)")
