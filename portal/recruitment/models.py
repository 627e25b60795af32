"""Rounds in which the platform recruits providers, and the providers' applications."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.help.models import Ticket
from portal.parties.models import Category, Party, ServiceType
from portal.recruitment import states
from portal.recruitment.states import ApplicationStatus, RoundStatus


class RoundQuerySet(models.QuerySet["Round"]):
    def public(self) -> RoundQuerySet:
        return self.filter(status__in=states.PUBLIC)

    def visible_to(self, actor: Actor) -> RoundQuerySet:
        """Everybody sees what was published; those who manage rounds see all."""
        return self.all() if actor.has_perm("recruitment.manage_round") else self.public()

    def taking(self) -> RoundQuerySet:
        now = clock.now()
        return self.filter(status=RoundStatus.PUBLISHED, opens_at__lte=now, closes_at__gt=now)

    def over(self) -> RoundQuerySet:
        return self.filter(status=RoundStatus.PUBLISHED, closes_at__lte=clock.now())


class Round(models.Model):
    """A window in which providers apply. No services or categories named: any."""

    title = models.CharField(_("title"), max_length=60)
    brief = models.TextField(_("what it is about"), max_length=3000)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    services: models.ManyToManyField[ServiceType, models.Model] = models.ManyToManyField(
        ServiceType, blank=True, verbose_name=_("services sought")
    )
    categories: models.ManyToManyField[Category, models.Model] = models.ManyToManyField(
        Category, blank=True, verbose_name=_("categories sought")
    )
    least_share = models.PositiveSmallIntegerField(_("least share of these categories (%)"))
    price_most_fen = models.BigIntegerField(_("monthly fee from, at most"), null=True)
    places = models.PositiveIntegerField(_("places"), null=True)
    questions = ArrayField(
        models.CharField(max_length=200), verbose_name=_("questions"), default=list
    )
    status = models.CharField(
        _("status"), max_length=9, choices=RoundStatus.choices, default=RoundStatus.DRAFT
    )
    status_note = models.CharField(_("why"), max_length=300, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("led by"),
    )
    created_at = models.DateTimeField(_("created at"))
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("recruitment round")
        verbose_name_plural = _("recruitment rounds")
        permissions: ClassVar = [("manage_round", "Can open rounds and answer applications")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="round_window_has_length", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="round_share_in_percent", condition=Q(least_share__range=(0, 100))
            ),
            models.CheckConstraint(
                name="round_published_is_led",
                condition=~Q(status__in=["published", "closed"])
                | Q(published_at__isnull=False, lead__isnull=False),
            ),
            models.CheckConstraint(
                name="round_cancelled_says_why",
                condition=~Q(status="cancelled") | ~Q(status_note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("round_detail", args=[self.pk])

    @property
    def is_taking(self) -> bool:
        return (
            self.status == RoundStatus.PUBLISHED and self.opens_at <= clock.now() < self.closes_at
        )

    @property
    def is_ahead(self) -> bool:
        return self.status == RoundStatus.PUBLISHED and clock.now() < self.opens_at


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """One's own party's; operators look at them in admin."""
        return self.filter(party__in=Party.objects.visible_to(actor))

    def running(self) -> ApplicationQuerySet:
        return self.filter(status__in=states.RUNNING)


class Application(models.Model):
    """A provider's application to a round: one of each, also after a withdrawal. `supporter` is
    the operator who looks after it, `ticket` their conversation with the applicant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="applications", verbose_name=_("round")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="recruitment_applications", verbose_name=_("party")
    )
    pitch = models.TextField(_("why this provider"), max_length=2000)
    answers = ArrayField(models.CharField(max_length=600), verbose_name=_("answers"), default=list)
    papers: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, verbose_name=_("papers")
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=ApplicationStatus.choices,
        default=ApplicationStatus.SUBMITTED,
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    supporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("looked after by"),
    )
    ticket = models.OneToOneField(
        Ticket, models.PROTECT, related_name="application", verbose_name=_("conversation")
    )
    submitted_at = models.DateTimeField(_("handed in at"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application to a round")
        verbose_name_plural = _("applications to rounds")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "party"], name="application_once_a_round"),
            models.CheckConstraint(
                name="application_refused_says_why", condition=~Q(status="refused") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="application_decision_has_time",
                condition=Q(status__in=["accepted", "refused"], decided_at__isnull=False)
                | ~Q(status__in=["accepted", "refused"]) & Q(decided_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["submitted_at"],
                condition=Q(status__in=["submitted", "talking"]),
                name="application_queue",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("application_detail", args=[self.pk])
