"""Where somebody is signed in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SignIn(models.Model):
    """One sign-in: a device, a place, and the session that lasts until it is ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"))
    session_key = models.CharField(max_length=40, unique=True)
    device_hash = models.CharField(max_length=64)  # of the cookie that tells a device again
    device = models.CharField(_("device"), max_length=60)
    place = models.CharField(_("place"), max_length=40)
    created_at = models.DateTimeField(_("created at"))
    seen_at = models.DateTimeField(_("last seen"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at"], name="sign_in_by_person"),
            models.Index(
                fields=["user"], condition=Q(ended_at__isnull=True), name="sign_in_running"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device} · {self.place}"
