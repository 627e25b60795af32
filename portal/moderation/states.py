"""What words are listed for, and the one table of how a case goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WordCategory(models.TextChoices):
    ADVERTISING = "advertising", _("Absolute advertising claim")
    CONTACT = "contact", _("Contact in a public text")
    GOODS = "goods", _("Goods that may not be sold")
    FRAUD = "fraud", _("Faked trade")
    OTHER = "other", _("Other")


class Level(models.TextChoices):
    BANNED = "banned", _("Refused at once")
    REVIEW = "review", _("A person looks at it")
    ALLOWED = "allowed", _("Exception: never a hit")


WHY = {  # completes the sentence at the field
    WordCategory.ADVERTISING: _("the advertising law forbids absolute claims"),
    WordCategory.CONTACT: _("contacts are shown once a cooperation is agreed"),
    WordCategory.GOODS: _("these goods may not be offered here"),
    WordCategory.FRAUD: _("faked orders and figures are forbidden"),
    WordCategory.OTHER: _("the rules of the platform forbid it"),
}


class CaseKind(models.TextChoices):
    TEXT = "text", _("Text")
    IMAGE = "image", _("Picture")


class CaseState(models.TextChoices):
    OPEN = "open", _("Waiting")
    PASSED = "passed", _("Passed")
    REFUSED = "refused", _("Refused")
    APPEALED = "appealed", _("Appealed")
    UPHELD = "upheld", _("Refusal upheld")
    REVERSED = "reversed", _("Refusal reversed")
    DROPPED = "dropped", _("Changed by its author")


S = CaseState
TRANSITIONS: dict[str, frozenset[str]] = {
    S.OPEN: frozenset({S.PASSED, S.REFUSED, S.DROPPED}),
    S.PASSED: frozenset(),
    S.REFUSED: frozenset({S.APPEALED, S.DROPPED}),
    S.APPEALED: frozenset({S.UPHELD, S.REVERSED, S.DROPPED}),
    S.UPHELD: frozenset({S.DROPPED}),
    S.REVERSED: frozenset(),
    S.DROPPED: frozenset({S.OPEN, S.REFUSED, S.UPHELD}),  # the same text came back
}
HOLDING = frozenset({S.OPEN, S.REFUSED, S.APPEALED, S.UPHELD})  # nobody else sees it
WAITING = frozenset({S.OPEN, S.APPEALED})  # for an operator
