"""An agency's annual framework with the platform, and what each of its months came to."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party, parties_seen_whole, regions_of, sees_all
from portal.revenue.engine import Month
from portal.revenue.models import Agreement
from portal.tiers.framework_states import (
    COUNTED,
    LATE_MONTHS,
    TALKED_ABOUT,
    FrameworkSide,
    FrameworkStatus,
)

TERM = Func(F("starts_on"), F("ends_on"), function="DATERANGE", output_field=DateRangeField())


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def visible_to(self, actor: Actor) -> FrameworkQuerySet:
        """An agency's own, but for who is narrowed there to some creators: these are sums of all;
        operators see those of their regions."""
        if actor.has_perm("tiers.view_framework"):
            regions = regions_of(actor.user) if actor.user else None
            return self.filter(party__city__region__in=regions) if regions else self.all()
        if actor.party_id is None:
            return self.none()
        own = self.filter(party=actor.party_id)
        return own if sees_all(actor) else own.filter(party__in=parties_seen_whole(actor))

    def counted(self) -> FrameworkQuerySet:
        """Those that began; for some months after the end refunds still come."""
        at = clock.today()
        months = at.year * 12 + at.month - 1 - LATE_MONTHS
        since = date(months // 12, months % 12 + 1, 1)
        return self.filter(status__in=COUNTED, ends_on__gte=since)

    def whole(self) -> FrameworkQuerySet:
        return self.select_related("party__city", "agreement__payee", "keeper", "before")


class Framework(models.Model):
    """Whole months from `starts_on` on and before `ends_on`. Its terms are the versions of its
    paper. The sums are what the months came to when somebody last counted, and what they come to
    at that day's pace; `rebate_fen` is an estimate that nobody has posted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="frameworks", verbose_name=_("agency")
    )
    agreement = models.OneToOneField(
        Agreement, models.PROTECT, related_name="framework", verbose_name=_("paper")
    )
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="renewals", verbose_name=_("renews")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=FrameworkStatus.choices,
        default=FrameworkStatus.PROPOSED,
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends before"))
    proposed_by = models.CharField(_("proposed by"), max_length=8, choices=FrameworkSide.choices)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("kept by"),
    )
    created_at = models.DateTimeField(_("proposed at"))
    signed_at = models.DateTimeField(_("signed at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closing = models.CharField(_("how it came out"), max_length=600, blank=True)
    as_of = models.DateField(_("counted up to"), null=True)
    target_fen = models.BigIntegerField(_("target (fen)"))
    due_fen = models.BigIntegerField(_("planned so far (fen)"), default=0)
    actual_fen = models.BigIntegerField(_("settled net GMV (fen)"), default=0)
    projected_fen = models.BigIntegerField(_("at today's pace (fen)"), default=0)
    rebate_fen = models.BigIntegerField(_("rebate, estimated (fen)"), default=0)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual framework")
        verbose_name_plural = _("annual frameworks")
        permissions: ClassVar = [
            ("manage_framework", "Can negotiate, review and close annual frameworks")
        ]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="framework_one_at_a_time",
                expressions=[("party", RangeOperators.EQUAL), (TERM, RangeOperators.OVERLAPS)],
                condition=~Q(status="dropped"),
            ),
            models.UniqueConstraint(
                fields=["before"], condition=~Q(status="dropped"), name="framework_renewed_once"
            ),
            models.CheckConstraint(
                name="framework_of_whole_months",
                condition=Q(starts_on__day=1, ends_on__day=1, ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="framework_signed_has_time",
                condition=Q(status__in=["proposed", "negotiated"], signed_at=None)
                | Q(status="dropped")
                | Q(
                    status__in=["signed", "running", "reviewed", "renewed", "ended"],
                    signed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="framework_closed_says_how",
                condition=Q(
                    status__in=["proposed", "negotiated", "signed", "running"],
                    closed_at=None,
                    closing="",
                )
                | Q(status__in=["reviewed", "renewed", "ended"], closed_at__isnull=False)
                & ~Q(closing="")
                | Q(status="dropped", closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="framework_sums", condition=Q(target_fen__gte=0, due_fen__gte=0)
            ),
            models.CheckConstraint(
                name="framework_renews_another", condition=Q(before=None) | ~Q(before=F("id"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "starts_on"], name="framework_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.starts_on:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("framework_detail", args=[self.pk])

    @property
    def months(self) -> list[Month]:
        first = Month(self.starts_on.year, self.starts_on.month)
        return list(first.until(Month(self.ends_on.year, self.ends_on.month)))[:-1]

    @property
    def last_day(self) -> date:
        return self.months[-1].last_day

    @property
    def is_talked_about(self) -> bool:
        return self.status in TALKED_ABOUT

    @property
    def is_counted(self) -> bool:
        return self.status in COUNTED


class FrameworkMonth(models.Model):
    """What one month came to, of lines of creators under contract: made again each night."""

    id = models.BigAutoField(primary_key=True)
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="counted_months")
    month = models.DateField(_("month"))
    net_fen = models.BigIntegerField(_("settled net GMV (fen)"))
    orders = models.PositiveIntegerField(_("orders settled"))
    struck = models.PositiveIntegerField(_("suspicious orders, not counted"), default=0)

    class Meta:
        verbose_name = _("month of a framework")
        verbose_name_plural = _("months of frameworks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "month"], name="framework_month_once"),
            models.CheckConstraint(
                name="framework_month_is_one", condition=Q(month__day=1, net_fen__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework_id} {self.month:%Y-%m}"
