"""How a claim to a seat ends in one, and the one table of how it gets there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Admission(models.TextChoices):
    INSTANT = "instant", _("Seat at once")
    CURATED = "curated", _("Chosen by us")


class ClaimStatus(models.TextChoices):
    SUBMITTED = "submitted", _("Being looked at")
    ASKED = "asked", _("Your answer is needed")
    WAITING = "waiting", _("On the waitlist")
    HELD = "held", _("Held")
    OFFERED = "offered", _("Seat offered")
    CONFIRMED = "confirmed", _("Seat confirmed")
    PRESENT = "present", _("Checked in")
    ABSENT = "absent", _("Did not come")
    REJECTED = "rejected", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Not taken up in time")
    CANCELLED = "cancelled", _("Cancelled")


S = ClaimStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.SUBMITTED: frozenset(
        {S.ASKED, S.WAITING, S.CONFIRMED, S.REJECTED, S.WITHDRAWN, S.EXPIRED, S.CANCELLED}
    ),
    S.ASKED: frozenset({S.SUBMITTED, S.REJECTED, S.WITHDRAWN, S.EXPIRED, S.CANCELLED}),
    S.WAITING: frozenset({S.OFFERED, S.CONFIRMED, S.REJECTED, S.WITHDRAWN, S.EXPIRED, S.CANCELLED}),
    S.HELD: frozenset({S.CONFIRMED, S.WITHDRAWN, S.EXPIRED, S.CANCELLED}),
    S.OFFERED: frozenset({S.CONFIRMED, S.REJECTED, S.WITHDRAWN, S.EXPIRED, S.CANCELLED}),
    S.CONFIRMED: frozenset({S.PRESENT, S.ABSENT, S.REJECTED, S.WITHDRAWN, S.CANCELLED}),
    S.PRESENT: frozenset({S.ABSENT}),  # a wrong badge was read
    S.ABSENT: frozenset({S.PRESENT}),  # came late
    S.REJECTED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.EXPIRED: frozenset(),
    S.CANCELLED: frozenset(),
}
TAKES = frozenset({S.CONFIRMED, S.PRESENT, S.ABSENT})  # counted in `taken`
HOLDS = frozenset({S.HELD, S.OFFERED})  # counted in `held`
OPEN = frozenset({S.SUBMITTED, S.ASKED, S.WAITING}) | TAKES | HOLDS
ENDED = frozenset(S.values) - OPEN
UNSEATED = frozenset({S.SUBMITTED, S.ASKED, S.WAITING}) | HOLDS  # ends when its occasion begins
BEFORE = UNSEATED | {S.CONFIRMED}  # ends with an occasion that does not take place
