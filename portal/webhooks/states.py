"""How a message to a machine fares."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("Under way")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Given up")


class Pause(models.TextChoices):
    """Why nothing is sent to a webhook for the time being."""

    HAND = "hand", _("Paused by hand")
    FAILING = "failing", _("Paused after days of failures")
    GONE = "gone", _("Paused: the receiver answered that it is gone")


# After the first try, as Standard Webhooks advises; three days in all.
RETRIES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
PAUSE_AFTER = timedelta(days=3)  # of nothing but failures
OLD_SECRET_LASTS = timedelta(hours=24)  # so that a receiver can change over
KEPT = timedelta(days=30)
