"""An agency's wish for the next star, with what the feed lacks."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.tiers.models.reviews import StarReview
from portal.tiers.states import ApplicationStatus, Stars


class StarApplicationQuerySet(models.QuerySet["StarApplication"]):
    def visible_to(self, actor: Actor) -> StarApplicationQuerySet:
        """The agency's own, and those who review stars."""
        if actor.has_perm("tiers.view_starapplication"):
            return self.all()
        if actor.party_id is None:
            return self.none()
        return self.filter(review__in=StarReview.objects.visible_to(actor))

    def waiting(self) -> StarApplicationQuerySet:
        return self.filter(status=ApplicationStatus.SUBMITTED)

    def whole(self) -> StarApplicationQuerySet:
        related = ("review__party__city", "review__rules", "review__window", "reviewer")
        return self.select_related(*related)


class StarApplication(models.Model):
    """One a quarter, also after a withdrawal. `more_*` is what the agency says the feed lacks; what
    of it counts stands in its review."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.OneToOneField(
        StarReview, models.PROTECT, related_name="application", verbose_name=_("quarter")
    )
    stars = models.PositiveSmallIntegerField(_("star asked for"), choices=Stars.choices)
    note = models.TextField(_("what the feed lacks"), max_length=2000, blank=True)
    more_creators = models.PositiveIntegerField(_("active creators not counted"), default=0)
    more_net_fen = models.BigIntegerField(_("GMV not counted (fen)"), default=0)
    evidence: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, related_name="+", verbose_name=_("evidence")
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=ApplicationStatus.choices,
        default=ApplicationStatus.SUBMITTED,
    )
    submitted_at = models.DateTimeField(_("handed in at"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    due_on = models.DateField(_("answered by"))
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)

    objects = StarApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for a star")
        verbose_name_plural = _("applications for stars")
        permissions: ClassVar = [("review_starapplication", "Can review applications for stars")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="star_application_claims",
                condition=Q(more_net_fen__gte=0, stars__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="star_application_claims_say_what",
                condition=Q(more_creators=0, more_net_fen=0) | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="star_application_answered",
                condition=Q(status__in=["granted", "refused"], reviewed_at__isnull=False)
                & ~Q(reason="")
                | Q(status__in=["submitted", "withdrawn"], reviewed_at=None, reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"], condition=Q(status="submitted"), name="star_application_queue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.review}"

    def get_absolute_url(self) -> str:
        return reverse("star_application_detail", args=[self.pk])
