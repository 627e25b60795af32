"""The life of a content order: brief, quote, work, approval, payment."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.TextChoices):
    ASKED = "asked", _("Waiting for a quote")
    QUOTED = "quoted", _("Quoted")
    ACCEPTED = "accepted", _("In production")
    PRODUCED = "produced", _("Waiting for approval")
    REVISING = "revising", _("Being revised")
    APPROVED = "approved", _("Approved, to be paid")
    PAID = "paid", _("Paid, to be confirmed")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("No answer in time")
    CANCELLED = "cancelled", _("Broken off")


S = OrderStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.ASKED: frozenset({S.QUOTED, S.DECLINED, S.WITHDRAWN, S.EXPIRED}),
    S.QUOTED: frozenset({S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.EXPIRED}),
    S.ACCEPTED: frozenset({S.PRODUCED, S.CANCELLED}),
    S.PRODUCED: frozenset({S.REVISING, S.APPROVED}),
    S.REVISING: frozenset({S.PRODUCED, S.CANCELLED}),
    S.APPROVED: frozenset({S.PAID, S.CLOSED}),
    S.PAID: frozenset({S.CLOSED, S.APPROVED}),
    S.CLOSED: frozenset(),
    S.DECLINED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.EXPIRED: frozenset(),
    S.CANCELLED: frozenset(),
}
BEFORE = frozenset({S.ASKED, S.QUOTED})
OPEN = frozenset({S.ASKED, S.QUOTED, S.ACCEPTED, S.PRODUCED, S.REVISING, S.APPROVED, S.PAID})
IN_WORK = frozenset({S.ACCEPTED, S.REVISING})  # nothing to approve lies there
OF_MERCHANT = frozenset({S.QUOTED, S.PRODUCED, S.APPROVED})  # who has the next move
OF_MAKER = frozenset({S.ASKED, S.ACCEPTED, S.REVISING, S.PAID})
QUOTE_WITHIN = timedelta(days=3)
ANSWER_WITHIN = timedelta(days=7)
APPROVE_WITHIN = timedelta(days=5)  # silence approves
PAY_WITHIN = timedelta(days=10)
NOTICE_DAYS = 7  # of a cooperation about one piece
MOST_REVISIONS = 3
