"""What a round and an application can be, and the one table of how they get there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


R = RoundStatus
ROUND_TRANSITIONS: dict[str, frozenset[str]] = {
    R.DRAFT: frozenset({R.PUBLISHED, R.CANCELLED}),
    R.PUBLISHED: frozenset({R.CLOSED, R.CANCELLED}),
    R.CLOSED: frozenset(),
    R.CANCELLED: frozenset(),
}
PUBLIC = frozenset({R.PUBLISHED, R.CLOSED})


class ApplicationStatus(models.TextChoices):
    SUBMITTED = "submitted", _("Handed in")
    TALKING = "talking", _("In talk")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


A = ApplicationStatus
APPLICATION_TRANSITIONS: dict[str, frozenset[str]] = {
    A.SUBMITTED: frozenset({A.TALKING, A.ACCEPTED, A.REFUSED, A.WITHDRAWN}),
    A.TALKING: frozenset({A.ACCEPTED, A.REFUSED, A.WITHDRAWN}),
    A.WITHDRAWN: frozenset({A.SUBMITTED}),  # while the round takes applications
    A.ACCEPTED: frozenset(),
    A.REFUSED: frozenset(),
}
RUNNING = frozenset({A.SUBMITTED, A.TALKING})
