"""What accounts there are. The two tracks are never added together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Track(models.TextChoices):
    """Order money exists twice: expected when paid, real when the return window closes."""

    ESTIMATED = "estimated", _("Estimated")
    SETTLED = "settled", _("Settled")


class Kind(models.TextChoices):
    """What an account holds: what a party has coming, what the platform keeps, or where from."""

    SHARE = "share", _("Share of orders")  # a party's; not payable yet
    AVAILABLE = "available", _("Available")  # a party's; payable
    FEES = "fees", _("Fees of the platform")
    CLEARING = "clearing", _("Order money")  # where every share comes from; so below zero


class Currency(models.TextChoices):
    CNY = "CNY", _("Chinese yuan")


OF_PARTIES = (Kind.SHARE, Kind.AVAILABLE)
OF_THE_PLATFORM = (Kind.FEES, Kind.CLEARING)
