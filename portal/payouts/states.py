"""What a payout goes through, and the tables of transitions."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CAUSE = "payout"  # of the journals that a payout moves
TRIAL_CAUSE = "trial_transfer"
DEBT_CAUSE = "payout_debt"
TRIAL_FEN = (1, 99)  # a trial transfer is under one yuan
CHUNK = 200  # payouts of an approval's transaction


class Route(models.TextChoices):
    """Who pays. The platform never holds other people's money: it instructs who does."""

    INSTITUTION = "institution", _("Instruction to the payment institution")
    DIRECT = "direct", _("The platform's own debts")


class BatchStatus(models.TextChoices):
    PREPARED = "prepared", _("Waiting for the second person")
    APPROVING = "approving", _("Being approved")
    APPROVED = "approved", _("Approved")
    SENT = "sent", _("Sent to the bank")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


B = BatchStatus
BATCH_TRANSITIONS: dict[str, frozenset[str]] = {
    B.PREPARED: frozenset({B.APPROVING, B.CANCELLED}),
    B.APPROVING: frozenset({B.APPROVED, B.DONE}),  # done: nothing of it could be paid
    B.APPROVED: frozenset({B.SENT}),
    B.SENT: frozenset({B.DONE}),
    B.DONE: frozenset(),
    B.CANCELLED: frozenset(),
}


class ItemStatus(models.TextChoices):
    PLANNED = "planned", _("To be approved")
    PAYING = "paying", _("In payment")
    PAID = "paid", _("Arrived")
    PARTIAL = "partial", _("Arrived in part")
    REJECTED = "rejected", _("Returned")
    SHORT = "short", _("Left out")  # when it was approved: money or account were gone
    DROPPED = "dropped", _("Cancelled")


I = ItemStatus  # noqa: E741 - as the letters above
ITEM_TRANSITIONS: dict[str, frozenset[str]] = {
    I.PLANNED: frozenset({I.PAYING, I.SHORT, I.DROPPED}),
    I.PAYING: frozenset({I.PAID, I.PARTIAL, I.REJECTED}),
    I.PAID: frozenset(),
    I.PARTIAL: frozenset(),
    I.REJECTED: frozenset(),
    I.SHORT: frozenset(),
    I.DROPPED: frozenset(),
}
LIVE = (I.PLANNED, I.PAYING, I.PAID, I.PARTIAL)  # one of a key, so that nothing is paid twice
UNDER_WAY = (I.PLANNED, I.PAYING)
ENDED = (I.PAID, I.PARTIAL, I.REJECTED)  # the bank has answered


class TrialStatus(models.TextChoices):
    SENT = "sent", _("Sent")
    CONFIRMED = "confirmed", _("Confirmed")
    FAILED = "failed", _("Not confirmed")


TRIAL_TRANSITIONS: dict[str, frozenset[str]] = {
    TrialStatus.SENT: frozenset({TrialStatus.CONFIRMED, TrialStatus.FAILED}),
    TrialStatus.CONFIRMED: frozenset(),
    TrialStatus.FAILED: frozenset(),
}


class RequestStatus(models.TextChoices):
    """Of a party's request to be paid."""

    WAITING = "waiting", _("Waits for the next batch")
    TAKEN = "taken", _("In a batch")
    ON_WAY = "on_way", pgettext_lazy("payout", "On its way")
    WITHDRAWN = "withdrawn", _("Taken back")


R = RequestStatus
REQUEST_TRANSITIONS: dict[str, frozenset[str]] = {
    R.WAITING: frozenset({R.TAKEN, R.WITHDRAWN}),
    R.TAKEN: frozenset({R.ON_WAY, R.WAITING}),  # waiting: the batch was cancelled, or left it out
    R.ON_WAY: frozenset(),
    R.WITHDRAWN: frozenset(),
}


class Encoding(models.TextChoices):
    UTF8 = "utf-8-sig", "UTF-8"
    GBK = "gb18030", "GBK"


class Readiness(models.TextChoices):
    """Whether a party's money can be on its way, and what it waits for."""

    READY = "ready", _("Can be paid")
    NO_ACCOUNT = "no_account", _("No account")
    HELD = "held", _("Account on hold")
    UNPROVEN = "unproven", _("Trial transfer not confirmed")
    NO_CONSENT = "no_consent", _("No consent to the split")
    NO_SUB_ACCOUNT = "no_sub_account", _("No sub-account")
    BELOW = "below", _("Below the minimum")


TRIAL_LASTS = timedelta(days=30)
