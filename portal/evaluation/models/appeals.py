"""Appeals against one indicator of a preview: filed, examined by one person, decided by another."""

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
from portal.evaluation.models.facts import Fact
from portal.evaluation.models.snapshots import Rating
from portal.evaluation.states import RUNNING_APPEALS, AppealOutcome, AppealStatus
from portal.parties.models import Party


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, actor: Actor) -> AppealQuerySet:
        """The party's own, and those who decide appeals."""
        if actor.has_perm("evaluation.view_appeal"):
            return self.all()
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def running(self) -> AppealQuerySet:
        return self.filter(status__in=RUNNING_APPEALS)


class Appeal(models.Model):
    """`value` and `scaled` as they stood when it was filed. `finding` and `proposed` are the first
    person's, `sentence` and `outcome` the second one's, read by the party. `correction` is the row
    that stands in for the wrong one; the preview made again is its snapshot's `replacement`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="rating_appeals", verbose_name=_("party")
    )
    rating = models.ForeignKey(
        Rating, models.PROTECT, related_name="appeals", verbose_name=_("rating")
    )
    indicator = models.CharField(_("indicator"), max_length=40)
    value = models.FloatField(_("value"), null=True)
    scaled = models.FloatField(_("score"), null=True)
    text = models.TextField(_("what is wrong"), max_length=2000)
    evidence = models.ManyToManyField(StoredFile, related_name="+", verbose_name=_("evidence"))
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
    is_overdue_told = models.BooleanField(_("operators were reminded"), default=False)
    finding = models.TextField(_("finding"), max_length=2000, blank=True)
    proposed = models.CharField(
        _("proposed outcome"), max_length=4, choices=AppealOutcome.choices, blank=True
    )
    examined_at = models.DateTimeField(_("examined at"), null=True)
    examiner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("first person"),
    )
    sentence = models.TextField(_("answer to the party"), max_length=600, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=4, choices=AppealOutcome.choices, blank=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("second person"),
    )
    correction = models.ForeignKey(
        Fact, models.PROTECT, null=True, related_name="+", verbose_name=_("correcting row")
    )
    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal against a rating")
        verbose_name_plural = _("appeals against ratings")
        permissions: ClassVar = [
            ("decide_appeal", "Can examine and decide appeals against ratings")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rating", "indicator"],
                condition=~Q(status="withdrawn"),
                name="appeal_once_an_indicator",
            ),
            models.CheckConstraint(name="appeal_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="appeal_examined_has_finding",
                condition=Q(
                    status__in=["filed", "withdrawn"],
                    examined_at__isnull=True,
                    examiner__isnull=True,
                    finding="",
                    proposed="",
                )
                | Q(
                    ~Q(finding=""),
                    ~Q(proposed=""),
                    ~Q(status="filed"),
                    examined_at__isnull=False,
                    examiner__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="appeal_decided_has_answer",
                condition=Q(
                    ~Q(sentence=""),
                    ~Q(outcome=""),
                    status="decided",
                    decided_at__isnull=False,
                    decider__isnull=False,
                )
                | Q(
                    ~Q(status="decided"),
                    sentence="",
                    outcome="",
                    decided_at__isnull=True,
                    decider__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="appeal_decided_by_another",
                condition=Q(decider__isnull=True) | ~Q(decider=F("examiner")),
            ),
            models.CheckConstraint(
                name="appeal_corrects_with_data_only",
                condition=Q(outcome="data") | Q(correction__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-filed_at"], name="appeal_of_party"),
            models.Index(
                fields=["due_on"],
                condition=Q(status__in=["filed", "examined"]),
                name="appeal_by_due_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.indicator}"

    def get_absolute_url(self) -> str:
        return reverse("rating_appeal_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING_APPEALS
