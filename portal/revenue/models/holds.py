"""Shares of order lines that wait for the outcome of a dispute."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.revenue.models.orders import OrderLine

WHOLE_BP = 10_000


class LineHold(models.Model):
    """While it is open, what these roles have settled of the line is held, and not payable.
    `returned_bp`: how much of it went back to the merchant with the outcome."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="holds", verbose_name=_("order line")
    )
    roles = ArrayField(models.CharField(max_length=10), verbose_name=_("whose shares"))
    cause_type = models.CharField(_("cause"), max_length=40)
    cause_id = models.CharField(_("which one"), max_length=36)
    at = models.DateTimeField(_("since"))
    released_at = models.DateTimeField(_("until"), null=True)
    returned_bp = models.PositiveSmallIntegerField(_("returned to the merchant"), null=True)

    class Meta:
        verbose_name = _("hold of an order line")
        verbose_name_plural = _("holds of order lines")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(released_at=None), name="line_hold_one_at_a_time"
            ),
            models.CheckConstraint(
                name="line_hold_released_with_outcome",
                condition=Q(released_at=None, returned_bp=None)
                | Q(released_at__isnull=False, returned_bp__range=(0, WHOLE_BP)),
            ),
            models.CheckConstraint(name="line_hold_of_somebody", condition=~Q(roles=[])),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cause_type", "cause_id"], name="line_hold_of_cause")
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.cause_type} {self.cause_id}"
