"""The life of a cooperation, of what each side owes, and of changes to what was agreed."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class CooperationStatus(models.TextChoices):
    PROPOSED = "proposed", _("Being proposed")
    COUNTERED = "countered", _("Other terms proposed")
    LAPSED = "lapsed", _("Came to nothing")
    ACCEPTED = "accepted", _("Agreed")
    ACTIVE = "active", _("Running")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")
    TERMINATED = "terminated", _("Terminated")
    SETTLED = "settled", _("Settled")


S = CooperationStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.PROPOSED: frozenset({S.COUNTERED, S.ACCEPTED, S.LAPSED}),
    S.COUNTERED: frozenset({S.ACCEPTED, S.LAPSED}),
    S.LAPSED: frozenset(),
    S.ACCEPTED: frozenset({S.ACTIVE, S.TERMINATED}),
    S.ACTIVE: frozenset({S.PAUSED, S.ENDED, S.TERMINATED}),
    S.PAUSED: frozenset({S.ACTIVE, S.ENDED, S.TERMINATED}),
    S.ENDED: frozenset({S.SETTLED}),
    S.TERMINATED: frozenset({S.SETTLED}),
    S.SETTLED: frozenset(),
}
BEFORE = frozenset({S.PROPOSED, S.COUNTERED})  # nothing is agreed yet
LIVE = frozenset({S.ACCEPTED, S.ACTIVE, S.PAUSED})  # not over yet
RUNNING = frozenset({S.ACTIVE, S.PAUSED})
OVER = frozenset({S.ENDED, S.TERMINATED, S.SETTLED})
NEGOTIABLE = BEFORE | LIVE
REVIEW_WITHIN = timedelta(
    days=14
)  # of the end and the first payment; then reviews are shown, and no more are taken
ANSWER_WITHIN = timedelta(days=7)  # to a change of what was agreed
LONGEST_PAUSE = timedelta(days=90)


class Door(models.TextChoices):
    """How the two sides met. The part that owns a door tells `doors.register_door` of it."""

    NEED = "need", _("Service need")
    DIRECT = "direct", _("Direct proposal")
    PACKAGE = "package", _("Packaged service")
    INVITATION = "invitation", _("Direct invitation")
    INTRODUCTION = "introduction", _("Introduction by a broker")
    RECRUITING = "recruiting", _("Recruiting post")
    FAIR = "fair", _("Fair meeting")
    CONTENT = "content", _("Content order")


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


class SettlementBase(models.TextChoices):
    """What targets and shares over the term are computed of."""

    NET = "settled_net", _("Settled, less refunds")
    GROSS = "settled_gross", _("Settled, before refunds")
    PAID = "paid", _("Paid")


class EndReason(models.TextChoices):
    """Why one side ends a cooperation before its term."""

    RESULTS = "results", _("The results fell short")
    COST = "cost", _("The cost is too high")
    DUTIES = "duties", _("Obligations were not kept")
    PLANS = "plans", _("Our plans have changed")
    BREACH = "breach", _("For cause: the agreement was broken")
    OTHER = "other", _("Something else")


class AmendmentStatus(models.TextChoices):
    OPEN = "open", _("Waiting for the other side")
    ACCEPTED = "accepted", _("Accepted")
    COUNTERED = "countered", _("Answered with other terms")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("No answer in time")


ANSWERS = frozenset(  # of the other side
    {AmendmentStatus.ACCEPTED, AmendmentStatus.COUNTERED, AmendmentStatus.DECLINED}
)
CURE_WITHIN = timedelta(days=3)  # of an end for cause: to make good, or to open a dispute


class DisputeStatus(models.TextChoices):
    OPEN = "open", _("Waiting for the other side's answer")
    ANSWERED = "answered", _("Waiting for the decision")
    DECIDED = "decided", _("Decided; either side may appeal")
    APPEALED = "appealed", _("Waiting for the second look")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Taken back")


P = DisputeStatus
DISPUTE_TRANSITIONS: dict[str, frozenset[str]] = {
    P.OPEN: frozenset({P.ANSWERED, P.WITHDRAWN}),
    P.ANSWERED: frozenset({P.DECIDED, P.WITHDRAWN}),
    P.DECIDED: frozenset({P.APPEALED, P.CLOSED}),
    P.APPEALED: frozenset({P.CLOSED}),
    P.CLOSED: frozenset(),
    P.WITHDRAWN: frozenset(),
}
OPEN_DISPUTES = frozenset({P.OPEN, P.ANSWERED, P.DECIDED, P.APPEALED})
DECIDABLE = frozenset({P.ANSWERED, P.APPEALED})
SPEAKABLE = frozenset({P.OPEN, P.ANSWERED, P.APPEALED})
WAITS_FOR: dict[str, str] = {
    P.OPEN: "other",
    P.ANSWERED: "operator",
    P.DECIDED: "either",
    P.APPEALED: "operator",
    P.CLOSED: "",
    P.WITHDRAWN: "",
}
ANSWER_DAYS, DECIDE_DAYS, APPEAL_DAYS, SECOND_DAYS = 5, 10, 5, 10  # working days
DISPUTE_WITHIN = timedelta(days=30)  # of the end
SETTLED_AFTER = timedelta(days=15)  # of the end, once every line is settled or refunded


class DisputeReason(models.TextChoices):
    NOT_DONE = "not_done", _("What was agreed was not done")
    QUALITY = "quality", _("It was done badly")
    FAKED = "faked", _("Orders were faked")
    NOT_PAID = "not_paid", _("What was agreed was not paid")
    TERMS = "terms", _("The terms are read differently")
    OTHER = "other", _("Something else")
