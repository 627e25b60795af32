"""The way of a settlement run, of a statement, of a dispute about its lines and of a correction."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

AGREE_WITHIN = timedelta(days=7)  # silence until then counts as agreed
PAY_WITHIN = timedelta(days=10)  # after that day; what is paid later was not on time
TRUE_UP, RELEASE, ADJUSTMENT = "true_up", "statement", "adjustment"  # causes of journals
LINE_DISPUTE = "statement_dispute"  # the cause of held lines


class RunKind(models.TextChoices):
    MONTHLY = "monthly", _("Month's end")
    AD_HOC = "ad_hoc", _("In between")


class RunStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("settlement", "Being calculated")
    CALCULATED = "calculated", pgettext_lazy("settlement", "Calculated")
    SENT = "sent", pgettext_lazy("settlement", "Sent")
    APPROVED = "approved", pgettext_lazy("settlement", "Approved")


RUN_TRANSITIONS: dict[str, frozenset[str]] = {
    RunStatus.OPEN: frozenset({RunStatus.CALCULATED}),
    RunStatus.CALCULATED: frozenset({RunStatus.SENT}),
    RunStatus.SENT: frozenset({RunStatus.APPROVED}),
    RunStatus.APPROVED: frozenset(),
}
RUN_TONES: dict[str, str] = {
    RunStatus.OPEN: "",
    RunStatus.CALCULATED: "warn",
    RunStatus.SENT: "info",
    RunStatus.APPROVED: "ok",
}


class StatementStatus(models.TextChoices):
    CALCULATED = "calculated", pgettext_lazy("settlement", "Calculated")
    SENT = "sent", pgettext_lazy("settlement", "Sent, to be agreed")
    DISPUTED = "disputed", pgettext_lazy("settlement", "Lines in dispute")
    AGREED = "agreed", pgettext_lazy("settlement", "Agreed")
    APPROVED = "approved", pgettext_lazy("settlement", "Approved, to be paid")
    PAID = "paid", pgettext_lazy("settlement", "Paid")
    FAILED = "failed", pgettext_lazy("settlement", "Payment failed")
    RECONCILED = "reconciled", pgettext_lazy("settlement", "Found at the bank")
    CLOSED = "closed", pgettext_lazy("settlement", "Closed")


S = StatementStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.CALCULATED: frozenset({S.SENT}),
    S.SENT: frozenset({S.DISPUTED, S.AGREED}),
    S.DISPUTED: frozenset({S.AGREED, S.APPROVED}),  # the lines in dispute are held, the rest pays
    S.AGREED: frozenset({S.APPROVED}),
    S.APPROVED: frozenset({S.PAID, S.FAILED, S.CLOSED}),  # closed at once where nothing is to pay
    S.FAILED: frozenset({S.PAID, S.FAILED}),
    S.PAID: frozenset({S.RECONCILED, S.FAILED}),  # a transfer may come back later
    S.RECONCILED: frozenset({S.CLOSED, S.PAID}),  # the row was another payment's
    S.CLOSED: frozenset(),
}
TONES: dict[str, str] = {
    S.CALCULATED: "",
    S.SENT: "warn",
    S.DISPUTED: "warn",
    S.AGREED: "info",
    S.APPROVED: "info",
    S.PAID: "ok",
    S.FAILED: "bad",
    S.RECONCILED: "ok",
    S.CLOSED: "ok",
}
WAITING = (S.CALCULATED, S.SENT, S.DISPUTED, S.AGREED)  # nothing of it is payable yet
APPROVABLE = (S.DISPUTED, S.AGREED)


class Source(models.TextChoices):
    """Where a row of a statement comes from."""

    ORDERS = "orders", pgettext_lazy("settlement", "Orders")
    TRUE_UP = "true_up", _("Monthly part of an agreement")
    ONWARD = "onward", _("Paid onward")
    ADJUSTMENT = "adjustment", _("Correction")
    OTHER = "other", pgettext_lazy("settlement", "Other")


class DisputeStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("line dispute", "To be decided")
    DISMISSED = "dismissed", pgettext_lazy("line dispute", "Dismissed")
    UPHELD = "upheld", pgettext_lazy("line dispute", "Upheld")
    WITHDRAWN = "withdrawn", pgettext_lazy("line dispute", "Taken back")


DISPUTE_TRANSITIONS: dict[str, frozenset[str]] = {
    DisputeStatus.OPEN: frozenset(
        {DisputeStatus.DISMISSED, DisputeStatus.UPHELD, DisputeStatus.WITHDRAWN}
    ),
    DisputeStatus.DISMISSED: frozenset(),
    DisputeStatus.UPHELD: frozenset(),
    DisputeStatus.WITHDRAWN: frozenset(),
}
DISPUTE_TONES: dict[str, str] = {
    DisputeStatus.OPEN: "warn",
    DisputeStatus.DISMISSED: "",
    DisputeStatus.UPHELD: "ok",
    DisputeStatus.WITHDRAWN: "",
}


class AdjustmentStatus(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("correction", "Waits for a second person")
    APPROVED = "approved", pgettext_lazy("correction", "Posted")
    DECLINED = "declined", pgettext_lazy("correction", "Declined")


ADJUSTMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    AdjustmentStatus.PROPOSED: frozenset({AdjustmentStatus.APPROVED, AdjustmentStatus.DECLINED}),
    AdjustmentStatus.APPROVED: frozenset(),
    AdjustmentStatus.DECLINED: frozenset(),
}
ADJUSTMENT_TONES: dict[str, str] = {
    AdjustmentStatus.PROPOSED: "warn",
    AdjustmentStatus.APPROVED: "ok",
    AdjustmentStatus.DECLINED: "",
}
