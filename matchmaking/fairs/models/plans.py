"""Who wants to meet whom, and the plans made of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models.fairs import Fair
from matchmaking.fairs.models.signups import SignUp
from matchmaking.fairs.states import Mark, PlanStatus
from portal.core import clock


class Wish(models.Model):
    """What one side thinks of a meeting with another, which sees only that it is wanted."""

    id = models.BigAutoField(primary_key=True)
    sign_up = models.ForeignKey(SignUp, models.CASCADE, related_name="wishes")
    other = models.ForeignKey(SignUp, models.CASCADE, related_name="wished_by")
    mark = models.CharField(_("mark"), max_length=5, choices=Mark.choices)
    marked_at = models.DateTimeField(_("marked at"))

    class Meta:
        verbose_name = _("wish for a meeting")
        verbose_name_plural = _("wishes for meetings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sign_up", "other"], name="wish_once"),
            models.CheckConstraint(name="wish_of_another", condition=~Q(sign_up=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up_id} → {self.other_id}: {self.mark}"


class MeetingPlan(models.Model):
    """One run of the planner. `version` counts what people changed by hand. `upper_bound` is
    proven: no plan as little short is worth more. `unmet`: who has fewer meetings than everybody
    should; `lacking`: wishes without a meeting."""

    id = models.BigAutoField(primary_key=True)
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(_("number"))
    status = models.CharField(
        _("status"), max_length=9, choices=PlanStatus.choices, default=PlanStatus.DRAFT
    )
    seed = models.BigIntegerField(_("seed"), default=0)
    slots = models.PositiveSmallIntegerField(_("slots"))
    value = models.FloatField(_("value"))
    upper_bound = models.FloatField(_("proven bound"))
    shortfall_bound = models.PositiveIntegerField(_("proven least shortfall"))
    gini = models.JSONField(_("how unevenly meetings are spread"), default=dict)
    unmet = models.JSONField(_("too few meetings"), default=list)
    lacking = models.JSONField(_("wishes not met"), default=list)
    seconds = models.FloatField(_("seconds"))
    version = models.PositiveIntegerField(_("version"), default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        verbose_name = _("plan of meetings")
        verbose_name_plural = _("plans of meetings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fair", "number"], name="meeting_plan_once"),
            models.UniqueConstraint(
                fields=["fair"], condition=Q(status="published"), name="meeting_plan_one_published"
            ),
            models.CheckConstraint(
                name="meeting_plan_within_its_bound",
                condition=Q(value__gte=0, upper_bound__gte=F("value")),
            ),
            models.CheckConstraint(
                name="meeting_plan_published_has_time",
                condition=Q(status="draft", published_at=None)
                | ~Q(status="draft") & Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fair} #{self.number}"

    @property
    def gap_percent(self) -> float:
        if not self.upper_bound:
            return 0.0
        return 100 * (self.upper_bound - self.value) / self.upper_bound

    @property
    def pauses(self) -> list[int]:
        """Slots in which nobody meets."""
        return self.fair.pauses

    def starts_at(self, slot: int) -> datetime:
        return self.fair.starts_at + timedelta(minutes=slot * self.fair.slot_minutes)


class Meeting(models.Model):
    """Two who meet, when and at which table. Fixed ones stand when the plan is made anew."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(MeetingPlan, models.CASCADE, related_name="meetings")
    left = models.ForeignKey(SignUp, models.PROTECT, related_name="+")
    right = models.ForeignKey(SignUp, models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField(_("slot"))
    table = models.PositiveSmallIntegerField(_("table"))
    worth = models.PositiveSmallIntegerField(_("worth"))
    is_fixed = models.BooleanField(_("fixed"), default=False)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "slot", "table"], name="meeting_one_a_table"),
            models.UniqueConstraint(fields=["plan", "left", "slot"], name="meeting_left_once"),
            models.UniqueConstraint(fields=["plan", "right", "slot"], name="meeting_right_once"),
            models.UniqueConstraint(fields=["plan", "left", "right"], name="meeting_pair_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slot}/{self.table}"

    @property
    def starts_at(self) -> datetime:
        return self.plan.starts_at(self.slot)

    @property
    def has_begun(self) -> bool:
        return clock.now() >= self.starts_at

    @property
    def table_number(self) -> int:
        """As it stands on the table."""
        return self.table + 1
