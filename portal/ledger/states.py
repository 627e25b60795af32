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
    HELD = "held", _("Held by a dispute")  # a party's; waits for the outcome
    PAYING = "paying", _("In payment")  # a party's; on its way, not yet confirmed by the bank
    BILLS = "bills", _("Bills between parties")  # what others owe a party, less what it owes
    DEPOSIT = "deposit", _("Deposit")  # a creator's; owed back to it
    REWARD = "reward", _("Rewards")  # a party's; the platform owes it and pays it directly
    FEES = "fees", _("Fees of the platform")
    PENALTIES = "penalties", _("Penalties")  # the platform's, out of deposits
    CUSTODY = "custody", _("Deposits at the bank")  # where deposits are kept; so below zero
    GROWTH = "growth", _("Rewards given")  # what rewards cost the platform; so below zero
    CLEARING = "clearing", _("Order money")  # where every share comes from; so below zero


class Currency(models.TextChoices):
    CNY = "CNY", _("Chinese yuan")


OF_PARTIES = (
    *(Kind.SHARE, Kind.AVAILABLE, Kind.HELD, Kind.PAYING, Kind.BILLS, Kind.DEPOSIT, Kind.REWARD),
)
NEVER_ESTIMATED = (Kind.AVAILABLE, Kind.HELD, Kind.PAYING, Kind.DEPOSIT, Kind.REWARD)
OF_THE_PLATFORM = (Kind.FEES, Kind.CLEARING, Kind.PENALTIES, Kind.CUSTODY, Kind.GROWTH)
