"""When somebody last looked at their workbench, as each party they speak for."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Visit(models.Model):
    """`since`: how far the person had seen everything when this visit began; `at`: its last page.
    A pause ends a visit, and the next one begins with what happened since its last page."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    party_id = models.BigIntegerField(null=True)  # notices know no parties
    since = models.DateTimeField(_("seen until"))
    at = models.DateTimeField(_("last visit"))

    class Meta:
        verbose_name = _("visit of a workbench")
        verbose_name_plural = _("visits of workbenches")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "party_id"], nulls_distinct=False, name="visit_once"
            ),
            models.CheckConstraint(
                name="visit_in_order", condition=models.Q(at__gte=models.F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.party_id} {self.at}"
