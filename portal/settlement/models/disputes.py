"""Order lines of a statement that its party does not agree with."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.revenue.models import OrderLine
from portal.settlement.models.statements import Statement
from portal.settlement.states import DisputeStatus


class LineDisputeQuerySet(models.QuerySet["LineDispute"]):
    def visible_to(self, actor: Actor) -> LineDisputeQuerySet:
        return self.filter(statement__in=Statement.objects.visible_to(actor))

    def open(self) -> LineDisputeQuerySet:
        return self.filter(status=DisputeStatus.OPEN)


class LineDispute(models.Model):
    """While it is open its lines are held, and the rest of the statement pays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="disputes", verbose_name=_("statement")
    )
    reason = models.CharField(_("why"), max_length=300)
    raised_at = models.DateTimeField(_("raised at"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    status = models.CharField(
        _("status"), max_length=9, choices=DisputeStatus.choices, default=DisputeStatus.OPEN
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decision = models.CharField(_("decision"), max_length=300, blank=True)
    returned_bp = models.PositiveSmallIntegerField(_("returned to the merchant"), null=True)

    objects = LineDisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute about lines of a statement")
        verbose_name_plural = _("disputes about lines of statements")
        permissions: ClassVar = [
            ("decide_linedispute", "Can decide disputes about lines of statements")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="line_dispute_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="line_dispute_decided_says_how",
                condition=Q(status="open", decided_at=None, decision="", returned_bp=None)
                | Q(status="withdrawn", decided_at__isnull=False, returned_bp=0)
                | Q(status__in=["dismissed", "upheld"], decided_at__isnull=False)
                & Q(returned_bp__range=(0, 10_000))
                & ~Q(decision=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["raised_at"], condition=Q(status="open"), name="line_dispute_to_decide"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("line_dispute_detail", args=[self.pk])

    @property
    def returned_percent(self) -> str:
        """As people write it; nothing where nothing goes back."""
        return f"{self.returned_bp / 100:g}" if self.returned_bp else ""


class DisputedLine(models.Model):
    """held_fen: what of it the party itself had coming when the dispute was raised."""

    id = models.BigAutoField(primary_key=True)
    dispute = models.ForeignKey(LineDispute, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    held_fen = models.BigIntegerField(_("held (fen)"))

    class Meta:
        verbose_name = _("disputed line")
        verbose_name_plural = _("disputed lines")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dispute", "line"], name="disputed_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.line_id}"
