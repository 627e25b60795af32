"""Kinds of questions, how an attempt ended, and the way of a piece of practical work."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("One is right")
    MULTIPLE = "multiple", _("Several are right")
    TRUE_FALSE = "true_false", _("True or false")


TRUE_FALSE = (pgettext_lazy("statement", "True"), pgettext_lazy("statement", "False"))


class AttemptEnd(models.TextChoices):
    """Who ended an attempt at a quiz."""

    LEARNER = "learner", _("Handed in")
    CLOCK = "clock", _("Time was over")


class WorkStatus(models.TextChoices):
    """Of a piece of practical work."""

    WAITING = "waiting", _("Being marked")
    MARKED = "marked", _("Marked")


WORK_TRANSITIONS: dict[str, frozenset[str]] = {
    WorkStatus.WAITING: frozenset({WorkStatus.MARKED}),
    WorkStatus.MARKED: frozenset(),
}
