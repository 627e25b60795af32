"""The life of a cooperation, of what each side owes, and of changes to what was agreed."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class CooperationStatus(models.TextChoices):
    ACCEPTED = "accepted", _("Agreed")
    ACTIVE = "active", _("Running")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")
    TERMINATED = "terminated", _("Terminated")


S = CooperationStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.ACCEPTED: frozenset({S.ACTIVE, S.TERMINATED}),
    S.ACTIVE: frozenset({S.PAUSED, S.ENDED, S.TERMINATED}),
    S.PAUSED: frozenset({S.ACTIVE, S.ENDED, S.TERMINATED}),
    S.ENDED: frozenset(),
    S.TERMINATED: frozenset(),
}
LIVE = frozenset({S.ACCEPTED, S.ACTIVE, S.PAUSED})  # not over yet
RUNNING = frozenset({S.ACTIVE, S.PAUSED})
OVER = frozenset({S.ENDED, S.TERMINATED})
REVIEW_WITHIN = timedelta(days=14)  # of the end; then reviews are shown, and no more are taken
ANSWER_WITHIN = timedelta(days=7)  # to a change of what was agreed
LONGEST_PAUSE = timedelta(days=90)


class Door(models.TextChoices):
    """How the two sides met; a door opens with the part that owns it."""

    NEED = "need", _("Service need")


class Side(models.TextChoices):
    MERCHANT = "merchant", _("Merchant")
    PROVIDER = "provider", _("Hired side")


class ObligationStatus(models.TextChoices):
    ASKED = "asked", _("Waiting to be taken on")
    OPEN = "open", _("To be done")
    DONE = "done", _("Done, to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    WAIVED = "waived", _("Waived")


D = ObligationStatus  # what is due
OBLIGATION_TRANSITIONS: dict[str, frozenset[str]] = {
    D.ASKED: frozenset({D.OPEN, D.DECLINED, D.WAIVED}),
    D.OPEN: frozenset({D.DONE, D.WAIVED}),
    D.DONE: frozenset({D.CONFIRMED, D.OPEN}),
    D.CONFIRMED: frozenset(),
    D.DECLINED: frozenset(),
    D.WAIVED: frozenset(),
}
UNSETTLED = frozenset({D.ASKED, D.OPEN, D.DONE})


class Reminder(models.TextChoices):
    SOON = "soon", _("Due soon")
    TODAY = "today", _("Due today")
    LATE = "late", _("Late")
    STILL_LATE = "still_late", _("Late for a week")
    CONFIRM = "confirm", _("Waiting to be confirmed")


class EndReason(models.TextChoices):
    """Why one side ends a cooperation before its term."""

    RESULTS = "results", _("The results fell short")
    COST = "cost", _("The cost is too high")
    DUTIES = "duties", _("Obligations were not kept")
    PLANS = "plans", _("Our plans have changed")
    OTHER = "other", _("Something else")


class AmendmentStatus(models.TextChoices):
    OPEN = "open", _("Waiting for the other side")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("No answer in time")


ANSWERS = frozenset({AmendmentStatus.ACCEPTED, AmendmentStatus.DECLINED})  # of the other side
