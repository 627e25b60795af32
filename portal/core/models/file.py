"""Files in private storage: a row says whose they are, their bytes have an unguessable name."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def alive(self) -> StoredFileQuerySet:
        return self.filter(deleted_at__isnull=True)

    def loose(self) -> StoredFileQuerySet:
        """Uploaded, and nothing holds them yet."""
        return self.alive().filter(attached_at__isnull=True)

    def uploaded_by(self, actor: Actor) -> StoredFileQuerySet:
        return self.filter(uploaded_by=actor.user) if actor.user else self.none()


class StoredFile(models.Model):
    """One file of one purpose. What it may be and who may read it is the purpose's to say."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    purpose = models.CharField(_("purpose"), max_length=60)
    party_id = models.BigIntegerField(_("party"), null=True)  # core knows no parties
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("uploaded by")
    )
    name = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    path = models.CharField(max_length=100, unique=True)
    is_personal = models.BooleanField(_("personal"), default=False)
    created_at = models.DateTimeField(_("created at"))
    attached_at = models.DateTimeField(_("attached at"), null=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints: ClassVar = [
            models.CheckConstraint(name="file_is_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="file_has_its_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["uploaded_by", "created_at"],
                condition=Q(attached_at__isnull=True, deleted_at__isnull=True),
                name="file_loose",
            ),
            models.Index(fields=["party_id", "purpose"], name="file_of_party"),
            models.Index(fields=["uploaded_by", "created_at"], name="file_of_uploader"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("file_read", args=[self.pk])

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
