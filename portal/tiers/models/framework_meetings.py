"""Review meetings of a framework, and what they decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.tiers.framework_states import DecisionStatus, FrameworkSide
from portal.tiers.models.frameworks import Framework


class FrameworkMeetingQuerySet(models.QuerySet["FrameworkMeeting"]):
    def planned(self) -> FrameworkMeetingQuerySet:
        return self.filter(held_on=None)


class FrameworkMeeting(models.Model):
    """Planned by the paper or by an operator; with its minutes once it was held. Minutes never
    change; a mistake is put right by the next meeting's."""

    id = models.BigAutoField(primary_key=True)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="meetings")
    planned_on = models.DateField(_("planned on"))
    held_on = models.DateField(_("held on"), null=True)
    minutes = models.TextField(_("minutes"), max_length=4000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), null=True)

    objects = FrameworkMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("review meeting")
        verbose_name_plural = _("review meetings")
        ordering: ClassVar = ["planned_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["framework", "planned_on"], name="framework_meeting_once_a_day"
            ),
            models.CheckConstraint(
                name="framework_meeting_held_has_minutes",
                condition=Q(held_on=None, minutes="", recorded_at=None)
                | Q(held_on__isnull=False, recorded_at__isnull=False) & ~Q(minutes=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["planned_on"], condition=Q(held_on=None), name="framework_meeting_to_come"
            )
        ]

    def __str__(self) -> str:
        return f"{self.planned_on}"

    def get_absolute_url(self) -> str:
        return reverse("framework_meeting_detail", args=[self.pk])

    @property
    def is_late(self) -> bool:
        return self.held_on is None and self.planned_on < clock.today()


class FrameworkDecision(models.Model):
    """Who does what until when."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(FrameworkMeeting, models.PROTECT, related_name="decisions")
    text = models.CharField(_("what was decided"), max_length=300)
    side = models.CharField(_("done by"), max_length=8, choices=FrameworkSide.choices)
    owner = models.CharField(_("who"), max_length=60)
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"),
        max_length=7,
        choices=DecisionStatus.choices,
        default=DecisionStatus.OPEN,
    )
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    class Meta:
        verbose_name = _("decision of a review meeting")
        verbose_name_plural = _("decisions of review meetings")
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="framework_decision_says_what", condition=~Q(text="") & ~Q(owner="")
            ),
            models.CheckConstraint(
                name="framework_decision_settled",
                condition=Q(status="open", settled_at=None, outcome="")
                | Q(status="done", settled_at__isnull=False)
                | Q(status="dropped", settled_at__isnull=False) & ~Q(outcome=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"], condition=Q(status="open"), name="framework_decision_due"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        return self.status == DecisionStatus.OPEN and self.due_on < clock.today()
