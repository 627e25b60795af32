"""What each side owes, by when, and that it was done."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.models.cooperation import Cooperation
from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, actor: Actor) -> ObligationQuerySet:
        return self.filter(cooperation__in=Cooperation.objects.visible_to(actor))

    def unsettled(self) -> ObligationQuerySet:
        return self.filter(status__in=states.UNSETTLED)


class Obligation(models.Model):
    """One thing that one side does for the other until a day. Somebody asked of the other side is
    asked first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="obligations")
    owed_by = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("owed by"))
    title = models.CharField(_("title"), max_length=80)
    detail = models.TextField(_("detail"), blank=True, max_length=1_000)
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=states.ObligationStatus.choices,
        default=states.ObligationStatus.OPEN,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"))
    done_at = models.DateTimeField(_("done at"), null=True)
    done_note = models.CharField(_("what was done"), max_length=300, blank=True)
    evidence = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("evidence")
    )
    returned_note = models.CharField(_("why it came back"), max_length=300, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="obligation_status_has_its_times",
                condition=Q(status__in=["asked", "open"], done_at=None, settled_at=None)
                | Q(status="done", done_at__isnull=False, settled_at=None)
                | Q(status="confirmed", done_at__isnull=False, settled_at__isnull=False)
                | Q(status__in=["declined", "waived"], done_at=None, settled_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cooperation", "due_on"], name="obligation_of_cooperation"),
            models.Index(
                fields=["due_on"],
                condition=Q(status__in=["asked", "open", "done"]),
                name="obligation_unsettled",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days_late(self) -> int:
        """So far, or as late as it was done; 0 in time."""
        if self.status not in {"open", "done", "confirmed"}:
            return 0
        day = clock.day_of(self.done_at) if self.done_at else clock.today()
        return max((day - self.due_on).days, 0)


class ObligationReminder(models.Model):
    """That somebody was reminded; the row keeps it from happening twice."""

    id = models.BigAutoField(primary_key=True)
    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=states.Reminder.choices)
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["obligation", "kind"], name="obligation_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.kind}"
