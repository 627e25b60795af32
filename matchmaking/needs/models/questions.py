"""The one round of questions to a need, whose answers everybody who may bid reads."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import states
from matchmaking.needs.models.needs import Need
from portal.core.actor import Actor
from portal.parties.models import Party


class QuestionQuerySet(models.QuerySet["Question"]):
    def waiting(self) -> QuestionQuerySet:
        """Unanswered, about a need that is still taking proposals."""
        taking = self.filter(need__status__in=states.TAKING_PROPOSALS)
        return taking.filter(answered_at__isnull=True).order_by("pk")

    def asked_to(self, actor: Actor) -> QuestionQuerySet:
        """Those the acting party is to answer."""
        return self.filter(need__merchant=actor.party_id) if actor.party_id else self.none()


class Question(models.Model):
    """What a provider asks about a need, and what its merchant answered, once. Nobody but the
    asker learns who asked."""

    need = models.ForeignKey(Need, models.PROTECT, verbose_name=_("need"), related_name="questions")
    asker = models.ForeignKey(Party, models.PROTECT, verbose_name=_("asked by"))
    text = models.CharField(_("question"), max_length=500)
    asked_at = models.DateTimeField(_("asked at"))
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="question_answer_has_time",
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["need", "id"], name="question_of_need")]

    def __str__(self) -> str:
        return self.text
