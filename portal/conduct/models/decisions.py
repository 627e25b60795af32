"""What an accused party said, and how its case was decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.conduct import states
from portal.conduct.models.cases import Case
from portal.core.models import StoredFile


class Hearing(models.Model):
    """What the party says to the charge, within its time."""

    case = models.OneToOneField(
        Case, models.PROTECT, related_name="hearing", verbose_name=_("case of conduct")
    )
    text = models.TextField(_("statement"), max_length=3000)
    evidence: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, related_name="+", verbose_name=_("evidence")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("statement of an accused party")
        verbose_name_plural = _("statements of accused parties")
        constraints: ClassVar = [
            models.CheckConstraint(name="conduct_hearing_has_words", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Appeal(models.Model):
    """The party's objection to the decision, judged by somebody who did not take it."""

    case = models.OneToOneField(
        Case, models.PROTECT, related_name="appeal", verbose_name=_("case of conduct")
    )
    text = models.TextField(_("what is wrong with the decision"), max_length=3000)
    evidence: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, related_name="+", verbose_name=_("evidence")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("appeal in a case of conduct")
        verbose_name_plural = _("appeals in cases of conduct")
        constraints: ClassVar = [
            models.CheckConstraint(name="conduct_appeal_has_words", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Decision(models.Model):
    """How a case was decided, first and on appeal. Rows are appended, never changed."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="decisions", verbose_name=_("case of conduct")
    )
    stage = models.CharField(_("stage"), max_length=6, choices=states.Stage.choices)
    outcome = models.CharField(_("outcome"), max_length=10, choices=states.Outcome.choices)
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who decided first"),
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("decision in a case of conduct")
        verbose_name_plural = _("decisions in cases of conduct")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "stage"], name="conduct_decision_once_a_stage"),
            models.CheckConstraint(
                name="conduct_decision_answers_its_stage",
                condition=Q(stage="first", outcome__in=["confirmed", "dismissed"])
                | Q(stage="appeal", outcome__in=["upheld", "overturned"]),
            ),
            models.CheckConstraint(
                name="conduct_appeal_by_a_second_person",
                condition=Q(stage="first", first_by__isnull=True)
                | Q(stage="appeal", by__isnull=False)
                & (Q(first_by__isnull=True) | ~Q(by=F("first_by"))),
            ),
            models.CheckConstraint(name="conduct_decision_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} · {self.at:%Y-%m-%d}"
