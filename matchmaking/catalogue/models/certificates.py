"""Papers that prove what is said of a product, and when they end."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models.products import Product
from matchmaking.catalogue.states import CertificateKind
from portal.core import clock
from portal.core.models import StoredFile


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def standing(self) -> CertificateQuerySet:
        return self.filter(removed_at=None)

    def valid(self, day: date) -> CertificateQuerySet:
        standing = self.standing()
        return standing.exclude(expires_on__lt=day)


class Certificate(models.Model):
    """Everybody reads its kind, issuer and end; the file is the merchant's and the operators'."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="certificates", verbose_name=_("product")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=CertificateKind.choices)
    number = models.CharField(_("number"), max_length=60, blank=True)
    issuer = models.CharField(_("issued by"), max_length=60, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("file")
    )
    created_at = models.DateTimeField(_("created at"))
    removed_at = models.DateTimeField(_("removed at"), null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of a product")
        verbose_name_plural = _("certificates of products")
        ordering = ("created_at", "id")
        indexes: ClassVar = [
            models.Index(
                fields=["expires_on"],
                condition=models.Q(removed_at=None, expires_on__isnull=False),
                name="certificate_to_expire",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.product}"

    @property
    def days_left(self) -> int | None:
        """Below zero: it has ended; None: it does not end."""
        return (self.expires_on - clock.today()).days if self.expires_on else None

    @property
    def is_expired(self) -> bool:
        return self.days_left is not None and self.days_left < 0


class CertificateReminder(models.Model):
    """That the merchant was told so many days before the end; once."""

    id = models.BigAutoField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField(_("days before"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reminder of a certificate")
        verbose_name_plural = _("reminders of certificates")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate", "days"], name="certificate_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.days}"
