"""What is held against what, how two sides can differ, and how far a difference is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Book(models.TextChoices):
    """What a day is of."""

    ORDERS = "orders", _("Orders of a feed")
    BANK = "bank", _("Movements at the bank")


class Basis(models.TextChoices):
    """By what it is known how much there should be."""

    NOTHING = "nothing", _("Nothing announced")
    TOTAL = "total", _("Its control total")
    LISTED = "listed", _("The upstream's list")
    BOOKS = "books", _("The books")


class Between(models.TextChoices):
    """Which two sides differ: the first one says what is expected."""

    UPSTREAM = "upstream", _("Upstream and orders")
    LEDGER = "ledger", _("Orders and books")
    BANK = "bank", _("Books and bank")


class DifferenceKind(models.TextChoices):
    MISSING = "missing", _("Missing")
    EXTRA = "extra", _("Extra")
    AMOUNT = "amount", _("Other amount")
    STATUS = "status", _("Other event")
    TIMING = "timing", _("Other time")


class DifferenceStatus(models.TextChoices):
    OPEN = "open", _("Unresolved")
    RESOLVED = "resolved", _("Resolved")
    GONE = "gone", _("Gone")


S = DifferenceStatus
DIFFERENCE_TRANSITIONS: dict[str, frozenset[str]] = {
    S.OPEN: frozenset({S.RESOLVED, S.GONE}),
    S.RESOLVED: frozenset({S.OPEN}),
    S.GONE: frozenset({S.OPEN}),
}


class DifferenceStepKind(models.TextChoices):
    RESOLVED = "resolved", _("Resolved")
    REOPENED = "reopened", _("Opened again")
    GONE = "gone", _("Gone at a count")
    BACK = "back", _("Back at a count")


class MatchedBy(models.TextChoices):
    """How it is known that a bank row is this payment."""

    PERSON = "person", _("By a person")
    REFERENCE = "reference", _("By its number")
    NAME = "name", _("By name and amount")
