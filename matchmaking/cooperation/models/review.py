"""What each side thought of the other."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models.cooperation import Cooperation
from portal.core.actor import Actor
from portal.parties.models import Party

ASPECTS = ("result", "communication", "reliability")
LEAST, MOST = 1, 5


class ReviewQuerySet(models.QuerySet["Review"]):
    def published(self) -> ReviewQuerySet:
        return self.filter(published_at__isnull=False)

    def visible_to(self, actor: Actor) -> ReviewQuerySet:
        """One's own side's at once, the other side's when both are shown."""
        mine = self.filter(cooperation__in=Cooperation.objects.visible_to(actor))
        return mine.filter(Q(by=actor.party_id) | Q(published_at__isnull=False))


class Review(models.Model):
    """One side's word on the other, never changed. Hidden until both have spoken or the time for it
    is over; answered once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="reviews")
    by = models.ForeignKey(
        Party, models.PROTECT, related_name="reviews_given", verbose_name=_("by")
    )
    about = models.ForeignKey(
        Party, models.PROTECT, related_name="reviews_received", verbose_name=_("about")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    result = models.PositiveSmallIntegerField(_("result"))
    communication = models.PositiveSmallIntegerField(_("communication"))
    reliability = models.PositiveSmallIntegerField(_("reliability"))
    text = models.TextField(_("in words"), blank=True, max_length=600)
    text_held = models.BooleanField(_("held for a look"), default=False)
    at = models.DateTimeField(_("at"))
    published_at = models.DateTimeField(_("shown since"), null=True)
    answer = models.TextField(_("answer"), blank=True, max_length=600)
    answer_held = models.BooleanField(_("answer held for a look"), default=False)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cooperation", "by"], name="review_once_a_side"),
            models.CheckConstraint(name="review_of_the_other", condition=~Q(by=F("about"))),
            models.CheckConstraint(
                name="review_in_stars",
                condition=Q(
                    result__range=(LEAST, MOST),
                    communication__range=(LEAST, MOST),
                    reliability__range=(LEAST, MOST),
                ),
            ),
            models.CheckConstraint(
                name="review_answered_once_shown",
                condition=Q(answer="", answered_at=None)
                | ~Q(answer="") & Q(answered_at__isnull=False, published_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["about", "-published_at"],
                condition=Q(published_at__isnull=False),
                name="review_of_party",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by_id} → {self.about_id}"

    @property
    def stars(self) -> float:
        """All three aspects alike."""
        return (self.result + self.communication + self.reliability) / len(ASPECTS)

    @property
    def public_text(self) -> str:
        return "" if self.text_held else self.text

    @property
    def public_answer(self) -> str:
        return "" if self.answer_held else self.answer
