"""What a party must do to put things right, what was done about it, and what is done to the party
meanwhile."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.conduct import states
from portal.conduct.models.cases import Case
from portal.conduct.states import ActionStatus, MeasureKind
from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Suspension


class CorrectiveActionQuerySet(models.QuerySet["CorrectiveAction"]):
    def visible_to(self, actor: Actor) -> CorrectiveActionQuerySet:
        return self.filter(case__in=Case.objects.visible_to(actor))

    def owed(self) -> CorrectiveActionQuerySet:
        return self.filter(status__in=states.OWED)


class CorrectiveAction(models.Model):
    """One thing to put right after a violation, by a day. `is_on_time` is said when it closes:
    handed in by its day, and found done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="actions", verbose_name=_("case of conduct")
    )
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("what is to be done"), max_length=1000)
    status = models.CharField(
        _("status"), max_length=9, choices=ActionStatus.choices, default=ActionStatus.OPEN
    )
    due_on = models.DateField(_("due on"))
    asked_at = models.DateTimeField(_("asked at"))
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)
    reminded_for = models.DateField(null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    is_on_time = models.BooleanField(_("on time"), null=True)

    objects = CorrectiveActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("corrective action")
        verbose_name_plural = _("corrective actions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="corrective_action_says_what", condition=~Q(title="") & ~Q(text="")
            ),
            models.CheckConstraint(
                name="corrective_action_closed_is_judged",
                condition=Q(
                    status__in=["done", "not_done"],
                    closed_at__isnull=False,
                    is_on_time__isnull=False,
                )
                | ~Q(status__in=["done", "not_done"])
                & Q(closed_at__isnull=True, is_on_time__isnull=True),
            ),
            models.CheckConstraint(
                name="corrective_action_done_was_handed_in",
                condition=~Q(status__in=["handed_in", "done"]) | Q(handed_in_at__isnull=False),
            ),
            models.CheckConstraint(
                name="corrective_action_not_done_is_not_on_time",
                condition=~Q(status="not_done") | Q(is_on_time=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"],
                condition=Q(closed_at__isnull=True),
                name="corrective_action_by_day",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('conduct_case_detail', args=[self.case.public_id])}#actions"

    @property
    def is_late(self) -> bool:
        return self.closed_at is None and self.due_on < clock.today()


class ActionStep(models.Model):
    """Something done with a corrective action. Rows are appended, never changed."""

    id = models.BigAutoField(primary_key=True)
    action = models.ForeignKey(
        CorrectiveAction,
        models.PROTECT,
        related_name="steps",
        verbose_name=_("corrective action"),
    )
    step = models.CharField(_("step"), max_length=9, choices=states.Step.choices)
    text = models.TextField(_("text"), max_length=2000, blank=True)
    due_on = models.DateField(_("due on"))  # from this step on
    evidence: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, related_name="+", verbose_name=_("evidence")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("step of a corrective action")
        verbose_name_plural = _("steps of corrective actions")
        indexes: ClassVar = [models.Index(fields=["action", "id"], name="conduct_step_of_action")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.at:%Y-%m-%d}"


class MeasureQuerySet(models.QuerySet["Measure"]):
    def running(self) -> MeasureQuerySet:
        return self.filter(ended_at__isnull=True)


class Measure(models.Model):
    """What is done to a party after a violation, for a time: kept out of the directory, or out of
    work."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="measures", verbose_name=_("case of conduct")
    )
    kind = models.CharField(_("kind"), max_length=7, choices=MeasureKind.choices)
    reason = models.TextField(_("reason"), max_length=600)
    begun_at = models.DateTimeField(_("begun at"))
    until = models.DateTimeField(_("until"))
    suspension = models.OneToOneField(
        Suspension, models.PROTECT, null=True, related_name="+", verbose_name=_("suspension")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_why = models.CharField(_("why it ended"), max_length=600, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure against a party")
        verbose_name_plural = _("measures against parties")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(ended_at__isnull=True),
                name="conduct_measure_one_of_a_kind",
            ),
            models.CheckConstraint(
                name="conduct_measure_ends_after_it_began", condition=Q(until__gt=F("begun_at"))
            ),
            models.CheckConstraint(name="conduct_measure_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="conduct_measure_suspends_by_a_suspension",
                condition=Q(kind="suspend", suspension__isnull=False)
                | Q(kind="hide", suspension__isnull=True),
            ),
            models.CheckConstraint(
                name="conduct_measure_ended_says_why",
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False) & ~Q(ended_why=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["until"],
                condition=Q(ended_at__isnull=True),
                name="conduct_measure_by_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.until:%Y-%m-%d}"
