"""What bills are for, and how far each is."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class BillKind(models.TextChoices):
    RETAINER = "retainer", _("Retainer")
    PIT_FEE = "pit_fee", _("Pit fee")
    KILL_FEE = "kill_fee", _("Kill fee")
    OTHER = "other", _("Other sum")
    REFUND = "refund", _("Refund by its ladder")
    ONWARD = "onward", _("Paid onward")


WRITTEN = (BillKind.RETAINER, BillKind.PIT_FEE, BillKind.KILL_FEE, BillKind.OTHER)  # in papers


class BillWhen(models.TextChoices):
    """As papers name it."""

    START = "start", _("days after the first day")
    MONTH = "month", _("on this day of each month")
    DAY = "day", _("on one day")
    CALL = "call", _("days after the payee calls for it")


class BillStatus(models.TextChoices):
    OPEN = "open", _("To be paid")
    PROVED = "proved", _("Payment shown")
    PAID = "paid", _("Paid")
    WAIVED = "waived", _("Waived")


B = BillStatus
BILL_TRANSITIONS: dict[str, frozenset[str]] = {
    B.OPEN: frozenset({B.PROVED, B.WAIVED}),
    B.PROVED: frozenset({B.OPEN, B.PAID}),
    B.PAID: frozenset(),
    B.WAIVED: frozenset(),
}


class StepKind(models.TextChoices):
    RAISED = "raised", _("Bill raised")
    REQUESTED = "requested", _("Invoice asked for")
    INVOICED = "invoiced", _("Invoice issued")
    PROVED = "proved", _("Payment shown")
    RETURNED = "returned", _("Proof returned")
    PAID = "paid", _("Payment found")
    WAIVED = "waived", _("Waived")
    LATE = "late", _("Late")
    MEASURED = "measured", _("Target measured")


CAUSE = "bill"  # of its journals
RAISED_AHEAD = timedelta(days=7)  # both sides know of a bill a week before it is due
MEASURED_AFTER = timedelta(days=15)  # what was sold in the window has mostly settled by then
REFUND_WITHIN = timedelta(days=7)
