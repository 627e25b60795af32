"""What a ticket can be, and the one table of how it gets there."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    ACCOUNT = "account", _("Signing in and my account")
    PARTY = "party", _("Registering and verifying a party")
    NEED = "need", _("Needs and proposals")
    COOPERATION = "cooperation", _("A cooperation")
    RULES = "rules", _("Terms, privacy and moderation")
    FAULT = "fault", _("Something does not work")
    OTHER = "other", _("Something else")


class TicketStatus(models.TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    WAITING = "waiting", _("Waiting for the asker")
    RESOLVED = "resolved", _("Resolved")
    REOPENED = "reopened", _("Opened again")
    CLOSED = "closed", _("Closed")


S = TicketStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.OPEN: frozenset({S.ANSWERED, S.WAITING, S.RESOLVED}),
    S.ANSWERED: frozenset({S.OPEN, S.ANSWERED, S.WAITING, S.RESOLVED}),
    S.WAITING: frozenset({S.OPEN, S.ANSWERED, S.WAITING, S.RESOLVED}),
    S.RESOLVED: frozenset({S.REOPENED, S.CLOSED}),
    S.REOPENED: frozenset({S.ANSWERED, S.WAITING, S.RESOLVED}),
    S.CLOSED: frozenset(),
}
OURS = frozenset({S.OPEN, S.REOPENED})  # an operator is to answer
THEIRS = frozenset({S.ANSWERED, S.WAITING})  # the person is to answer
ENDED = frozenset({S.RESOLVED, S.CLOSED})


class Priority(models.TextChoices):
    HIGH = "high", _("High")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Low")


ANSWER_WITHIN: dict[str, int] = {  # hours of the desk, nine to a working day
    Priority.HIGH: 4,
    Priority.NORMAL: 9,
    Priority.LOW: 27,
}
SILENCE = timedelta(days=7)  # without a word from the person a ticket counts as resolved
REOPENABLE = timedelta(days=14)  # then it is closed


class Side(models.TextChoices):
    ASKER = "asker", _("Asker")
    OPERATOR = "operator", _("Operator")
