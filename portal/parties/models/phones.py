"""Codes sent to phones. A row keeps a hash: the digits are made of it and the site's secret key."""

from __future__ import annotations

import hmac
import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

CODE_DIGITS = 6


def keyed(text: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256")


class PhoneCodeQuerySet(models.QuerySet["PhoneCode"]):
    def since(self, moment: datetime) -> PhoneCodeQuerySet:
        return self.filter(sent_at__gt=moment)


class PhoneCode(models.Model):
    """One code for one phone: works once, within five minutes, with five tries."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    phone = models.CharField(_("phone"), max_length=16)
    code_hash = models.CharField(max_length=64)
    asked_from = models.CharField(max_length=32)  # a keyed hash of the address, for its limit
    sent_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("expires at"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    used_at = models.DateTimeField(_("used at"), null=True)

    objects = PhoneCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone code")
        verbose_name_plural = _("phone codes")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="phone_code_expires_later", condition=Q(expires_at__gt=F("sent_at"))
            ),
            models.CheckConstraint(name="phone_code_tries", condition=Q(tries__lte=5)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["phone", "sent_at"], name="phone_code_by_phone"),
            models.Index(fields=["asked_from", "sent_at"], name="phone_code_by_place"),
            models.Index(fields=["sent_at"], name="phone_code_by_time"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def digits(self) -> str:
        """What was sent."""
        number = int.from_bytes(keyed(f"phone-code:{self.pk}:{self.phone}")[:8], "big")
        return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"

    def hash_of(self, digits: str) -> str:
        return keyed(f"phone-code-hash:{self.pk}:{digits}").hex()
