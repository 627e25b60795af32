"""An agency's objection to a result, judged by somebody who did not review it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.tiers.models.reviews import StarReview
from portal.tiers.states import AppealStatus, Movement, Stars


class StarAppealQuerySet(models.QuerySet["StarAppeal"]):
    def visible_to(self, actor: Actor) -> StarAppealQuerySet:
        """The agency's own, and those who review stars."""
        if actor.has_perm("tiers.view_starappeal"):
            return self.all()
        if actor.party_id is None:
            return self.none()
        return self.filter(review__in=StarReview.objects.visible_to(actor))

    def waiting(self) -> StarAppealQuerySet:
        return self.filter(status=AppealStatus.FILED)

    def whole(self) -> StarAppealQuerySet:
        related = ("review__party__city", "review__rules", "review__window", "decider", "first")
        return self.select_related(*related)


class StarAppeal(models.Model):
    """`said_*` is the result appealed against; what came of it stands in the review. `first`: who
    reviewed the application, if there was one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(
        StarReview, models.PROTECT, related_name="appeals", verbose_name=_("quarter")
    )
    said_result = models.PositiveSmallIntegerField(_("result"), choices=Stars.choices)
    said_movement = models.CharField(_("movement"), max_length=5, choices=Movement.choices)
    text = models.TextField(_("what is wrong"), max_length=2000)
    evidence: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, related_name="+", verbose_name=_("evidence")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=AppealStatus.choices, default=AppealStatus.FILED
    )
    filed_at = models.DateTimeField(_("filed at"))
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("filed by"),
    )
    due_on = models.DateField(_("answered by"))
    first = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("first person"),
    )
    sentence = models.CharField(_("answer to the agency"), max_length=600, blank=True)
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("second person"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = StarAppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal against a star result")
        verbose_name_plural = _("appeals against star results")
        permissions: ClassVar = [("decide_starappeal", "Can decide appeals against star results")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review"], condition=~Q(status="withdrawn"), name="star_appeal_once"
            ),
            models.CheckConstraint(name="star_appeal_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="star_appeal_decided_says_why",
                condition=Q(status__in=["filed", "withdrawn"], decided_at=None, sentence="")
                | Q(status__in=["upheld", "granted"], decided_at__isnull=False)
                & ~Q(sentence="")
                & Q(decider__isnull=False),
            ),
            models.CheckConstraint(
                name="star_appeal_by_a_second_person",
                condition=Q(decider=None) | Q(first=None) | ~Q(decider=F("first")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(status="filed"), name="star_appeal_queue")
        ]

    def __str__(self) -> str:
        return f"{self.review}"

    def get_absolute_url(self) -> str:
        return reverse("star_appeal_detail", args=[self.pk])
