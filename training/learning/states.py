"""How an enrolment ends, and how somebody was seen to be there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.seats.states import ClaimStatus

SEATS = {  # a claim to a seat in a course, in its words; the others are those of every seat
    ClaimStatus.CONFIRMED: _("Enrolled"),
    ClaimStatus.PRESENT: _("Taking part"),
}


class Outcome(models.TextChoices):
    """A seat's state is its claim's; this is what came of it."""

    NONE = "none", _("Not finished yet")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Not completed")


OUTCOMES: dict[str, frozenset[str]] = {
    Outcome.NONE: frozenset({Outcome.COMPLETED, Outcome.FAILED}),
    Outcome.COMPLETED: frozenset(),
    Outcome.FAILED: frozenset(),
}


class Before(models.TextChoices):
    """When people are reminded of a meeting."""

    DAY = "day", _("A day before")
    HOUR = "hour", _("An hour before")


class Way(models.TextChoices):
    """How a presence came to be written down."""

    QR = "qr", _("QR code")
    ROSTER = "roster", _("Roster")
    BEHALF = "behalf", _("On behalf")


class PartState(models.TextChoices):
    """How far one part of what completes a course has come."""

    OPEN = "open", _("Open")
    MET = "met", _("Done")
    MISSED = "missed", _("Missed")
