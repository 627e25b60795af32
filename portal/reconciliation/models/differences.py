"""Where two sides of a day do not say the same. Never deleted: what a count no longer finds is
gone, and who resolved what stays."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.reconciliation.models.days import Day
from portal.reconciliation.states import (
    Between,
    DifferenceKind,
    DifferenceStatus,
    DifferenceStepKind,
)
from portal.revenue.models import BankRow, OrderEvent

MOST_WHY = 300


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def open(self) -> DifferenceQuerySet:
        return self.filter(status=DifferenceStatus.OPEN)


class Difference(models.Model):
    """`key` tells those of one kind of a day apart. `expected` and `found` are what the two sides
    say where it is no amount: an event and its phase, a day or a month."""

    id = models.BigAutoField(primary_key=True)
    day = models.ForeignKey(
        Day, models.PROTECT, related_name="differences", verbose_name=_("day"), db_index=False
    )
    between = models.CharField(_("between"), max_length=8, choices=Between.choices)
    kind = models.CharField(_("kind"), max_length=7, choices=DifferenceKind.choices)
    key = models.CharField(_("key"), max_length=200)
    subject = models.CharField(_("about"), max_length=200)
    expected_fen = models.BigIntegerField(_("expected (fen)"), null=True)
    found_fen = models.BigIntegerField(_("found (fen)"), null=True)
    expected = models.CharField(_("expected"), max_length=60, blank=True)
    found = models.CharField(_("found"), max_length=60, blank=True)
    event = models.ForeignKey(
        OrderEvent, models.PROTECT, null=True, related_name="+", verbose_name=_("event")
    )
    bank_row = models.ForeignKey(
        BankRow, models.PROTECT, null=True, related_name="+", verbose_name=_("bank row")
    )
    url = models.CharField(_("where it is shown"), max_length=200, blank=True)
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=DifferenceStatus.choices,
        default=DifferenceStatus.OPEN,
    )
    found_at = models.DateTimeField(_("first found at"))
    seen_at = models.DateTimeField(_("last found at"))
    gone_at = models.DateTimeField(_("gone at"), null=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )
    why = models.CharField(_("why"), max_length=MOST_WHY, blank=True)
    document = models.CharField(_("by which document"), max_length=60, blank=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("difference of a day")
        verbose_name_plural = _("differences of days")
        permissions: ClassVar = [("resolve_difference", "Can resolve differences of days")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "between", "kind", "key"], name="difference_once_a_day"
            ),
            models.CheckConstraint(
                name="difference_status_has_its_facts",
                condition=Q(status="open", resolved_at=None, gone_at=None, why="", document="")
                | Q(status="gone", resolved_at=None, gone_at__isnull=False, why="", document="")
                | Q(status="resolved", resolved_at__isnull=False) & ~Q(why=""),
            ),
            models.CheckConstraint(
                name="difference_resolver_has_time",
                condition=Q(resolved_by=None) | Q(resolved_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["found_at"], condition=Q(status="open"), name="difference_open_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("reconciliation_difference", args=[self.pk])

    @property
    def off_fen(self) -> int:
        """By how much the two sides differ."""
        return (self.found_fen or 0) - (self.expected_fen or 0)


class DifferenceStep(models.Model):
    """What became of a difference, and who said why. Only added."""

    id = models.BigAutoField(primary_key=True)
    difference = models.ForeignKey(Difference, models.PROTECT, related_name="steps")
    kind = models.CharField(_("what happened"), max_length=8, choices=DifferenceStepKind.choices)
    at = models.DateTimeField(_("at"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    why = models.CharField(_("why"), max_length=MOST_WHY, blank=True)
    document = models.CharField(_("by which document"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("step of a difference")
        verbose_name_plural = _("steps of differences")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="difference_step_says_why",
                condition=Q(kind__in=["gone", "back"]) | ~Q(why=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.difference_id} {self.kind}"
