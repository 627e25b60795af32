"""Long work with a lease."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> JobQuerySet:
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def stranded(self, now: datetime) -> JobQuerySet:
        """Queued but never taken, or taken by a worker that no longer renews its lease."""
        return self.unfinished().filter(lease_until__lte=now)


class Job(models.Model):
    """Long work with a lease. Whoever holds the lease works; a dead worker's lease runs out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=80)
    key = models.CharField(max_length=80, blank=True)  # one unfinished job of a kind and key
    args = models.JSONField(_("arguments"), default=dict)
    state = models.CharField(
        _("state"), max_length=8, choices=JobState.choices, default=JobState.QUEUED
    )
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("total"), default=0)
    step = models.CharField(_("step"), max_length=200, blank=True)
    checkpoint = models.JSONField(default=dict)  # what a resumed run need not do again
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    holder = models.CharField(max_length=64, blank=True)  # fences off a worker that lost its lease
    lease_until = models.DateTimeField()
    error = models.TextField(_("error"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("started by")
    )
    created_at = models.DateTimeField(_("created at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        permissions: ClassVar = [("run_job", "Can start and retry jobs")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="job_finished_at_when_ended",
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["queued", "running"], finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="job_done_within_total", condition=Q(total=0) | Q(done__lte=F("total"))
            ),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running"]),
                name="job_one_unfinished",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-created_at", "id"], name="job_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0
