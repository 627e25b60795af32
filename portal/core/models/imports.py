"""Imports: a file, what a dry run found in it, and how far it was applied."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models.file import StoredFile
from portal.core.models.job import Job, JobState


class ImportState(models.TextChoices):
    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("Not readable")
    CHECKED = "checked", _("Checked")
    APPLYING = "applying", _("Being imported")
    DONE = "done", _("Imported")
    DISCARDED = "discarded", _("Discarded")


S = ImportState
IMPORT_TRANSITIONS: dict[str, frozenset[str]] = {
    S.CHECKING: frozenset({S.REFUSED, S.CHECKED}),
    S.REFUSED: frozenset({S.DISCARDED}),
    S.CHECKED: frozenset({S.APPLYING, S.DISCARDED}),
    S.APPLYING: frozenset({S.DONE}),
    S.DONE: frozenset(),
    S.DISCARDED: frozenset(),
}


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, actor: Actor) -> ImportRunQuerySet:
        """One's own, and those of the party one speaks for."""
        if actor.user is None:
            return self.none()
        if actor.party_id is None:
            return self.filter(created_by=actor.user, party_id=None)
        return self.filter(party_id=actor.party_id)

    def under_way(self) -> ImportRunQuerySet:
        """Still at work; one whose job failed waits for its person."""
        states = [ImportState.CHECKING, ImportState.APPLYING]
        return self.filter(state__in=states).exclude(job__state=JobState.FAILED)


class ImportRun(models.Model):
    """One file of one kind, from its dry run to its last row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=60)
    party_id = models.BigIntegerField(_("party"), null=True)  # core knows no parties
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("started by")
    )
    file = models.OneToOneField(StoredFile, models.PROTECT, verbose_name=_("file"))
    sha256 = models.CharField("SHA-256", max_length=64)
    job = models.ForeignKey(Job, models.PROTECT, null=True, verbose_name=_("job"))
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.CHECKING
    )
    problem = models.TextField(_("what is wrong with the file"), blank=True)
    ignored = models.JSONField(_("columns left aside"), default=list)
    total = models.PositiveIntegerField(_("rows"), default=0)
    bad = models.PositiveIntegerField(_("rows with faults"), default=0)
    applied = models.PositiveIntegerField(_("rows imported"), default=0)
    written = models.PositiveIntegerField(_("entries written"), default=0)
    created_at = models.DateTimeField(_("created at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "party_id", "sha256"],
                condition=Q(state__in=["applying", "done"]),
                nulls_distinct=False,
                name="import_a_file_once",
            ),
            models.CheckConstraint(
                name="import_done_has_time",
                condition=Q(state="done", finished_at__isnull=False)
                | (~Q(state="done") & Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="import_refused_says_why", condition=~Q(state="refused") | ~Q(problem="")
            ),
            models.CheckConstraint(
                name="import_counts",
                condition=Q(bad__lte=F("total")) & Q(applied__lte=F("total")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party_id", "-created_at"], name="import_of_party"),
            models.Index(fields=["created_by", "-created_at"], name="import_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    def get_absolute_url(self) -> str:
        return reverse("import_detail", args=[self.pk])

    @property
    def good(self) -> int:
        return self.total - self.bad

    @property
    def is_under_way(self) -> bool:
        return self.state in {ImportState.CHECKING, ImportState.APPLYING}


class ImportFault(models.Model):
    """What is wrong with one field of one row, in the words of who uploaded the file."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="faults")
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=80)
    value = models.CharField(max_length=100, blank=True)
    sentence = models.CharField(max_length=300)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["run", "line"], name="import_fault_by_line")]

    def __str__(self) -> str:
        return f"{self.line} {self.field}"
