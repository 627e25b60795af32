"""Marks that were granted, and objections to refusals."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party
from portal.tiers.certification_states import MarkEnd
from portal.tiers.models.certification_applications import CertificationApplication
from portal.tiers.models.certification_rounds import CertificationRound
from portal.tiers.models.standings import new_number
from portal.tiers.states import AppealStatus


class CertificationMarkQuerySet(models.QuerySet["CertificationMark"]):
    def held(self) -> CertificationMarkQuerySet:
        """Those that hold today."""
        return self.filter(ended_at=None, round__valid_until__gte=clock.today())

    def running(self) -> CertificationMarkQuerySet:
        """Those that take a place."""
        return self.filter(ended_at=None)

    def shown(self) -> CertificationMarkQuerySet:
        """What the public list of a year names: granted and not taken back, of who is listed."""
        kept = Q(ended_at=None) | Q(end=MarkEnd.EXPIRED)
        return self.filter(kept, party__in=Party.objects.listed())

    def whole(self) -> CertificationMarkQuerySet:
        return self.select_related("round", "party__city", "application")


class CertificationMark(models.Model):
    """A place of a round. `number` is what stands on the badge; what it stands for is what holds
    when somebody looks."""

    id = models.BigAutoField(primary_key=True)
    application = models.OneToOneField(
        CertificationApplication, models.PROTECT, related_name="mark", verbose_name=_("application")
    )
    round = models.ForeignKey(
        CertificationRound, models.PROTECT, related_name="marks", verbose_name=_("round")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="certification_marks", verbose_name=_("agency")
    )
    rank = models.PositiveIntegerField(_("place by score"))
    number = models.CharField(_("number"), max_length=16, unique=True, default=new_number)
    granted_at = models.DateTimeField(_("granted at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    end = models.CharField(_("how it ended"), max_length=10, choices=MarkEnd.choices, blank=True)
    end_reason = models.CharField(_("reason"), max_length=600, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ended by"),
    )

    objects = CertificationMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("top-100 mark")
        verbose_name_plural = _("top-100 marks")
        permissions: ClassVar = [("end_certificationmark", "Can take top-100 marks back")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "party"], name="certification_mark_once_a_round"
            ),
            models.CheckConstraint(
                name="certification_mark_ended",
                condition=Q(ended_at=None, end="", end_reason="")
                | Q(ended_at__isnull=False) & ~Q(end=""),
            ),
            models.CheckConstraint(
                name="certification_mark_taken_back_says_why",
                condition=~Q(end="taken_back") | ~Q(end_reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "rank", "id"], name="certification_mark_by_rank")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("certification_badge", args=[self.number])

    @property
    def is_held(self) -> bool:
        return self.ended_at is None and self.round.valid_until >= clock.today()


class CertificationAppealQuerySet(models.QuerySet["CertificationAppeal"]):
    def visible_to(self, actor: Actor) -> CertificationAppealQuerySet:
        applications = CertificationApplication.objects.visible_to(actor)
        return self.filter(application__in=applications.values("pk"))

    def waiting(self) -> CertificationAppealQuerySet:
        return self.filter(status=AppealStatus.FILED)

    def whole(self) -> CertificationAppealQuerySet:
        related = ("application__round__method", "application__party__city", "decider")
        return self.select_related(*related)


class CertificationAppeal(models.Model):
    """An agency's objection to a refusal, decided by somebody who neither checked nor reviewed it
    (trigger). `said`: the reasons it objects to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        CertificationApplication,
        models.PROTECT,
        related_name="appeals",
        verbose_name=_("application"),
    )
    said = models.TextField(_("reasons objected to"), max_length=2000)
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
    sentence = models.CharField(_("answer to the agency"), max_length=600, blank=True)
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = CertificationAppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection to a refused mark")
        verbose_name_plural = _("objections to refused marks")
        permissions: ClassVar = [
            ("decide_certificationappeal", "Can decide objections to refused marks")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status="filed"),
                name="certification_appeal_one_at_a_time",
            ),
            models.CheckConstraint(
                name="certification_appeal_says_what", condition=~Q(text="") & ~Q(said="")
            ),
            models.CheckConstraint(
                name="certification_appeal_decided_says_why",
                condition=Q(status__in=["filed", "withdrawn"], decided_at=None, sentence="")
                | Q(status__in=["upheld", "granted"], decided_at__isnull=False)
                & ~Q(sentence="")
                & Q(decider__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"], condition=Q(status="filed"), name="certification_appeal_queue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}"

    def get_absolute_url(self) -> str:
        return reverse("certification_appeal_detail", args=[self.pk])
