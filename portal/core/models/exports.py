"""Exports: a background file for its owner only, and how many rows were handed out on a day."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models.file import StoredFile
from portal.core.models.job import Job, JobState


class ExportRunQuerySet(models.QuerySet["ExportRun"]):
    def visible_to(self, actor: Actor) -> ExportRunQuerySet:
        """One's own; not even the party's others."""
        return self.filter(created_by=actor.user) if actor.user else self.none()

    def under_way(self) -> ExportRunQuerySet:
        """Still to be written; one whose job failed is over."""
        return self.filter(finished_at__isnull=True).exclude(job__state=JobState.FAILED)


class ExportRun(models.Model):
    """One table written to a file. Ended, it has a file or says why it has none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=60)
    form = models.CharField(_("format"), max_length=4, choices=[("csv", "CSV"), ("xlsx", "XLSX")])
    params = models.JSONField(_("what was asked"), default=dict)
    party_id = models.BigIntegerField(_("party"), null=True)  # core knows no parties
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("started by")
    )
    job = models.ForeignKey(Job, models.PROTECT, null=True, verbose_name=_("job"))
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, verbose_name=_("file"))
    rows = models.PositiveIntegerField(_("rows"), default=0)
    problem = models.CharField(_("why there is no file"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = ExportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="export_ends_with_file_or_reason",
                condition=Q(finished_at__isnull=True, file__isnull=True, problem="")
                | Q(finished_at__isnull=False, file__isnull=False, problem="")
                | (Q(finished_at__isnull=False, file__isnull=True) & ~Q(problem="")),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["created_by", "-created_at"], name="export_of_person")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def is_ready(self) -> bool:
        return self.file is not None and self.file.deleted_at is None


class ExportQuota(models.Model):
    """Rows of a kind that somebody (`user:5`) or their party (`party:7`) took out on a day."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    kind = models.CharField(max_length=60)
    holder = models.CharField(max_length=40)
    rows = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "kind", "holder"], name="export_quota_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.holder}"
