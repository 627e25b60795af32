"""What an application for the top-100 mark can be, and the one table of how it gets there."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_PLACES = 100
REVIEWERS = 2  # and a third where they differ
QUARTERS = 4  # that a round is judged by
CHECK_DAYS = 10  # working days for the documents, for a review, and for an objection's answer
BRING_DAYS = 5  # working days to bring what is asked
OBJECTION_DAYS = 10  # working days after a refusal
LEAST_OPEN = timedelta(days=7)


class CertificationStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Documents being checked")
    NEED_INFO = "need_info", _("Something is asked")
    CHECKED = "checked", _("Documents in order")
    SCORED = "scored", _("Scored, to be reviewed")
    REVIEWING = "reviewing", _("Being reviewed")
    PASSED = "passed", _("Passed the review")
    WAITING = "waiting", _("Passed, next in line")
    GRANTED = "granted", _("Holds the mark")
    REFUSED = "refused", _("Not granted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Place given up or taken back")
    EXPIRED = "expired", _("Expired")


C = CertificationStatus
CERTIFICATION_TRANSITIONS: dict[str, frozenset[str]] = {
    C.DRAFT: frozenset({C.SUBMITTED, C.WITHDRAWN}),
    C.SUBMITTED: frozenset({C.NEED_INFO, C.CHECKED, C.REFUSED, C.WITHDRAWN}),
    C.NEED_INFO: frozenset({C.SUBMITTED, C.REFUSED, C.WITHDRAWN}),
    C.CHECKED: frozenset({C.SCORED, C.WITHDRAWN}),
    C.SCORED: frozenset({C.REVIEWING, C.WITHDRAWN}),
    C.REVIEWING: frozenset({C.PASSED, C.REFUSED, C.WITHDRAWN}),
    C.PASSED: frozenset({C.GRANTED, C.WAITING, C.WITHDRAWN}),
    C.WAITING: frozenset({C.GRANTED, C.WITHDRAWN, C.EXPIRED}),
    C.GRANTED: frozenset({C.LAPSED, C.EXPIRED}),
    C.REFUSED: frozenset({C.CHECKED, C.PASSED}),  # by an objection that was right
    C.WITHDRAWN: frozenset({C.DRAFT}),  # while the window is open
    C.LAPSED: frozenset(),
    C.EXPIRED: frozenset(),
}
EDITABLE = frozenset({C.DRAFT, C.NEED_INFO})
OPEN = frozenset({C.SUBMITTED, C.NEED_INFO, C.CHECKED, C.SCORED, C.REVIEWING})  # not decided yet
REVIEWED = frozenset({C.SCORED, C.REVIEWING})  # takes verdicts
RETRACTABLE = frozenset({C.DRAFT, *OPEN, C.PASSED, C.WAITING})


class ReviewVerdict(models.TextChoices):
    PASS = "pass", _("Pass")
    REFUSE = "refuse", _("Do not pass")


class PapersAnswer(models.TextChoices):
    """What a look at the documents comes to."""

    ACCEPT = "accept", _("Documents in order")
    ASK = "ask", _("Something is missing: ask for it")
    REFUSE = "refuse", _("Do not grant")


class PaperKind(models.TextChoices):
    """Kinds of documents; those in `ASKED` must be there."""

    LICENCE = "licence", _("Business licence")
    PLEDGE = "pledge", _("Signed pledge of honest figures")
    CONTRACTS = "contracts", _("Model contract with creators")
    CASES = "cases", _("Cases of the year")
    OTHER = "other", _("Other document")


ASKED = (PaperKind.LICENCE, PaperKind.PLEDGE)
HAVE_LAST_DAY = frozenset({PaperKind.LICENCE})  # without one it is no proof
MOST_PAPERS = 12


class MarkEnd(models.TextChoices):
    GIVEN_UP = "given_up", _("Given up by the agency")
    TAKEN_BACK = "taken_back", _("Taken back")
    EXPIRED = "expired", _("Its year is over")
