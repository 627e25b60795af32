"""What rules, reviews, applications and appeals of stars can be, and how they get there."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stars(models.IntegerChoices):
    STARTER = 0, _("Starter")
    ONE = 1, _("One star")
    TWO = 2, _("Two stars")
    THREE = 3, _("Three stars")
    FOUR = 4, _("Four stars")
    FIVE = 5, _("Five stars")


class BenefitKind(models.TextChoices):
    """What a star brings. A kind is here once the part that gives it asks for it, not before."""

    LISTED = "listed", _("Star shown in the directory and the public list")
    FAIR_SEATS = "fair_seats", _("More seats for creators at each fair")
    FRAMEWORK = "framework", _("An annual framework of its own")
    CANDIDACY = "candidacy", _("May apply for the top-100 mark")


class Movement(models.TextChoices):
    RISE = "rise", _("One star more")
    KEEP = "keep", _("Stays as it is")
    GRACE = "grace", _("A quarter of grace")
    FALL = "fall", _("Fewer stars")


class ReviewStatus(models.TextChoices):
    PREVIEW = "preview", _("Running, made again each night")
    COMPUTED = "computed", _("Numbers frozen")
    ANNOUNCED = "announced", _("Announced")
    GRACE = "grace", _("In grace")
    EFFECTIVE = "effective", _("In effect")
    LIFTED = "lifted", _("Grace lifted")


R = ReviewStatus
REVIEW_TRANSITIONS: dict[str, frozenset[str]] = {
    R.PREVIEW: frozenset({R.COMPUTED}),
    R.COMPUTED: frozenset({R.ANNOUNCED}),
    R.ANNOUNCED: frozenset({R.GRACE, R.EFFECTIVE}),
    R.GRACE: frozenset({R.EFFECTIVE, R.LIFTED}),  # by what the next quarter says
    R.EFFECTIVE: frozenset(),
    R.LIFTED: frozenset({R.EFFECTIVE}),  # where an objection to the grace is found right late
}
FROZEN = frozenset({R.COMPUTED, R.ANNOUNCED, R.GRACE, R.EFFECTIVE, R.LIFTED})
TOLD = frozenset({R.ANNOUNCED, R.GRACE, R.EFFECTIVE, R.LIFTED})  # its result is known
STANDING = frozenset({R.GRACE, R.EFFECTIVE, R.LIFTED})  # its result holds, or held


class ApplicationStatus(models.TextChoices):
    SUBMITTED = "submitted", _("Handed in")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


A = ApplicationStatus
APPLICATION_TRANSITIONS: dict[str, frozenset[str]] = {
    A.SUBMITTED: frozenset({A.GRANTED, A.REFUSED, A.WITHDRAWN}),
    A.WITHDRAWN: frozenset({A.SUBMITTED}),  # while the window is open
    A.GRANTED: frozenset(),
    A.REFUSED: frozenset(),
}


class AppealStatus(models.TextChoices):
    FILED = "filed", _("Being looked at")
    UPHELD = "upheld", _("The result stands")
    GRANTED = "granted", _("The agency was right")
    WITHDRAWN = "withdrawn", _("Withdrawn")


APPEAL_TRANSITIONS: dict[str, frozenset[str]] = {
    AppealStatus.FILED: frozenset(
        {AppealStatus.UPHELD, AppealStatus.GRANTED, AppealStatus.WITHDRAWN}
    ),
    AppealStatus.UPHELD: frozenset(),
    AppealStatus.GRANTED: frozenset(),
    AppealStatus.WITHDRAWN: frozenset(),
}

ANSWER_DAYS = 10  # working days, for applications and appeals
APPEAL_DAYS = 10  # working days after a result was announced
LEAST_NOTICE = timedelta(days=7)  # between announcing results and their effect
LEAST_OPEN = timedelta(days=7)  # a window


class NotCounted(models.TextChoices):
    """Why a creator under contract is not counted."""

    DAYS = "days", _("Too few selling days")
    ORDERS = "orders", _("No order settled")
    FEED = "feed", _("No figures reported")
