"""What a case of conduct can be, in words, and the tables of how it gets there."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    MINOR = "minor", _("Minor")
    MODERATE = "moderate", _("Moderate")
    SEVERE = "severe", _("Severe")


class Gate(models.TextChoices):
    """What a violation closes in an evaluation, by the code the method knows it by."""

    SEVERE = "severe", _("Severe violation")


class CaseStatus(models.TextChoices):
    REPORTED = "reported", _("Reported")
    NOTIFIED = "notified", _("Waiting for the party's word")
    HEARD = "heard", _("Being decided")
    CONFIRMED = "confirmed", _("Confirmed, may be appealed")
    APPEALED = "appealed", _("Appeal being judged")
    FINAL = "final", _("Violation in force")
    LAPSED = "lapsed", _("Lapsed")
    DISMISSED = "dismissed", _("Dismissed")
    OVERTURNED = "overturned", _("Overturned on appeal")


C = CaseStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    C.REPORTED: frozenset({C.NOTIFIED, C.DISMISSED}),
    C.NOTIFIED: frozenset({C.HEARD, C.DISMISSED}),
    C.HEARD: frozenset({C.CONFIRMED, C.DISMISSED}),
    C.CONFIRMED: frozenset({C.APPEALED, C.FINAL}),
    C.APPEALED: frozenset({C.FINAL, C.OVERTURNED}),
    C.FINAL: frozenset({C.LAPSED}),
    C.LAPSED: frozenset(),
    C.DISMISSED: frozenset(),
    C.OVERTURNED: frozenset(),
}
UNDECIDED = frozenset({C.REPORTED, C.NOTIFIED, C.HEARD})  # another report of the same joins
OURS = frozenset({C.REPORTED, C.HEARD, C.APPEALED})  # an operator is to act
THEIRS = frozenset({C.NOTIFIED, C.CONFIRMED})  # the party may act, until its last day
RUNNING = frozenset({C.NOTIFIED, C.HEARD, C.CONFIRMED, C.APPEALED})  # and the party knows of it
CONVICTED = frozenset({C.CONFIRMED, C.APPEALED, C.FINAL, C.LAPSED, C.OVERTURNED})
BINDING = frozenset({C.FINAL, C.LAPSED})
ENDED = frozenset({C.LAPSED, C.DISMISSED, C.OVERTURNED})

# Working days an operator has, by what the case waits for. The party's own are the rule's.
WITHIN: dict[str, int] = {C.REPORTED: 5, C.HEARD: 15, C.APPEALED: 10}
HALF_LIFE_DAYS = 180  # of the points of a violation
OLDEST = timedelta(days=730)  # what happened before that is not looked into


class Stage(models.TextChoices):
    FIRST = "first", _("First decision")
    APPEAL = "appeal", _("Answer to the appeal")


class Outcome(models.TextChoices):
    CONFIRMED = "confirmed", _("The rule was violated")
    DISMISSED = "dismissed", _("Dismissed")
    UPHELD = "upheld", _("The decision stands")
    OVERTURNED = "overturned", _("The decision is overturned")


OUTCOMES: dict[str, frozenset[str]] = {
    Stage.FIRST: frozenset({Outcome.CONFIRMED, Outcome.DISMISSED}),
    Stage.APPEAL: frozenset({Outcome.UPHELD, Outcome.OVERTURNED}),
}


# --- corrective actions ---------------------------------------------------------------------------


class ActionStatus(models.TextChoices):
    OPEN = "open", _("To be done")
    OVERDUE = "overdue", _("Overdue")
    HANDED_IN = "handed_in", _("Being checked")
    DONE = "done", _("Done")
    NOT_DONE = "not_done", _("Not done")


A = ActionStatus
ACTION_TRANSITIONS: dict[str, frozenset[str]] = {
    A.OPEN: frozenset({A.HANDED_IN, A.OVERDUE, A.OPEN}),
    A.OVERDUE: frozenset({A.HANDED_IN, A.NOT_DONE, A.OPEN}),
    A.HANDED_IN: frozenset({A.DONE, A.OPEN, A.OVERDUE, A.NOT_DONE}),
    A.DONE: frozenset(),
    A.NOT_DONE: frozenset(),
}
OWED = frozenset({A.OPEN, A.OVERDUE})  # the party is to do it
REMIND_BEFORE = timedelta(days=3)


class Step(models.TextChoices):
    """What was done with a corrective action."""

    ASKED = "asked", _("Corrective action asked for")
    HANDED_IN = "handed_in", _("Handed in")
    RETURNED = "returned", _("Returned")
    EXTENDED = "extended", _("More time given")
    DONE = "done", _("Found done")
    NOT_DONE = "not_done", _("Found not done")
    OVERDUE = "overdue", _("Its day passed")


# --- measures -------------------------------------------------------------------------------------


class MeasureKind(models.TextChoices):
    HIDE = "hide", _("Hidden from the directory")
    SUSPEND = "suspend", _("Suspended")
