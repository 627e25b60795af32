"""Rates and bands of tax from a day on: one person proposes, another approves."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.invoicing.states import TableStatus, TaxKind


class TaxTableQuerySet(models.QuerySet["TaxTable"]):
    def approved(self) -> TaxTableQuerySet:
        return self.filter(status=TableStatus.APPROVED)

    def proposed(self) -> TaxTableQuerySet:
        return self.filter(status=TableStatus.PROPOSED)

    def on(self, day: date) -> TaxTableQuerySet:
        """Those that hold on a day, one of a kind."""
        begun = self.approved().filter(starts_on__lte=day)
        return begun.order_by("kind", "-starts_on").distinct("kind")


class TaxTable(models.Model):
    """The newest of a kind that has begun counts. `body`: as `engine.tables` reads it. What is
    approved never changes but the day somebody last looked at its source (database grants)."""

    kind = models.CharField(pgettext_lazy("tax", "table"), max_length=12, choices=TaxKind.choices)
    starts_on = models.DateField(pgettext_lazy("day", "from"))
    body = models.JSONField(_("figures"))
    source = models.CharField(_("where it is from"), max_length=200)
    checked_on = models.DateField(_("last looked at"))
    status = models.CharField(
        _("status"), max_length=8, choices=TableStatus.choices, default=TableStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("second person"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = TaxTableQuerySet.as_manager()

    class Meta:
        verbose_name = _("table of tax")
        verbose_name_plural = _("tables of tax")
        permissions: ClassVar = [
            ("propose_taxtable", "Can propose tables of tax"),
            ("approve_taxtable", "Can approve tables of tax"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "starts_on"],
                condition=~Q(status="refused"),
                name="tax_table_once_a_day",
            ),
            models.CheckConstraint(name="tax_table_has_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="tax_table_decided",
                condition=Q(status="proposed", decided_at=None, decided_by=None)
                | ~Q(status="proposed") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                # What the site came with was proposed by nobody.
                name="tax_table_second_person",
                condition=~Q(status="approved")
                | Q(proposed_by=None, decided_by=None)
                | Q(decided_by__isnull=False, proposed_by__isnull=False)
                & ~Q(decided_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}"
