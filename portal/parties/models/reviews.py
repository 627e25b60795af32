"""The answers to applications. Each is kept: the next reviewer, and an appeal, read the last."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.parties import states
from portal.parties.models.party import Party


class ReviewAnswer(models.Model):
    """One answer to one application. Rows are appended, never changed."""

    party = models.ForeignKey(
        Party, models.PROTECT, related_name="answers", verbose_name=_("party")
    )
    outcome = models.CharField(_("outcome"), max_length=9, choices=states.ReviewOutcome.choices)
    reason = models.TextField(_("reason"), max_length=600, blank=True)
    wanted = ArrayField(
        models.CharField(max_length=200), default=list, verbose_name=_("what is asked for")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to an application")
        verbose_name_plural = _("answers to applications")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="answer_says_why", condition=Q(outcome="approved") | ~Q(reason="")
            )
        ]
        indexes: ClassVar = [models.Index(fields=["party", "-at"], name="answer_of_party")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} · {self.party}"
