"""The way of a sample, from the wish for it to the post that shows it."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SampleStatus(models.TextChoices):
    REQUESTED = "requested", _("Asked for")
    APPROVED = "approved", _("To be sent")
    SHIPPED = "shipped", _("On its way")
    RECEIVED = "received", _("Received")
    DUE = "due", _("Post is due")
    POSTED = "posted", pgettext_lazy("sample", "Posted")
    OVERDUE = "overdue", _("Post is overdue")
    WAIVED = "waived", _("No post is owed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("No answer in time")
    LOST = "lost", _("Lost on its way")


S = SampleStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.REQUESTED: frozenset({S.APPROVED, S.DECLINED, S.WITHDRAWN, S.EXPIRED}),
    S.APPROVED: frozenset({S.SHIPPED, S.WITHDRAWN}),
    S.SHIPPED: frozenset({S.RECEIVED, S.LOST}),
    S.RECEIVED: frozenset({S.DUE, S.POSTED, S.WAIVED}),
    S.DUE: frozenset({S.POSTED, S.OVERDUE, S.WAIVED}),
    S.OVERDUE: frozenset({S.POSTED, S.WAIVED}),
    S.POSTED: frozenset(),
    S.WAIVED: frozenset(),
    S.DECLINED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.EXPIRED: frozenset(),
    S.LOST: frozenset(),
}
OPEN = frozenset({S.REQUESTED, S.APPROVED, S.SHIPPED, S.RECEIVED, S.DUE, S.OVERDUE})
ON_THE_WAY = frozenset({S.APPROVED, S.SHIPPED})  # the address is needed
TO_POST = frozenset({S.RECEIVED, S.DUE, S.OVERDUE})
OF_MERCHANT = frozenset({S.REQUESTED, S.APPROVED})  # who has the next move
OF_RECEIVER = frozenset({S.SHIPPED, S.RECEIVED, S.DUE, S.OVERDUE})

ANSWER_WITHIN = timedelta(days=7)
SHIP_WITHIN = 3  # working days after it was approved
SENT_AT_LATEST = timedelta(days=14)  # after its day to be sent; then nobody waits any longer
ARRIVES_WITHIN = timedelta(days=15)  # then it counts as received, unless somebody says it is lost
POST_DAYS = (1, 90)  # after it was received; what the receiver offers
DUE_BEFORE = timedelta(days=3)  # the post is due, and its reminder is sent
ADDRESS_KEPT = timedelta(days=30)  # after it arrived; then the address is erased
