"""Rates and bands of tax from a day on: one person proposes, another approves."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.invoicing.states import TaxKind
from portal.policies.models import Dated, DatedQuerySet, by_second_person, decided_with_time


class TaxTableQuerySet(DatedQuerySet["TaxTable"]):
    def on(self, day: date) -> TaxTableQuerySet:
        """Those that hold on a day, one of a kind."""
        return super().on(day).order_by("kind", "-starts_on").distinct("kind")


class TaxTable(Dated):
    """The newest of a kind that has begun counts. `body`: as `engine.tables` reads it. What is
    approved never changes but the day somebody last looked at its source (database grants)."""

    kind = models.CharField(pgettext_lazy("tax", "table"), max_length=12, choices=TaxKind.choices)
    starts_on = models.DateField(pgettext_lazy("day", "from"))
    body = models.JSONField(_("figures"))

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
            decided_with_time("tax_table_decided"),
            # What the site came with was proposed by nobody.
            by_second_person(
                "tax_table_second_person", unless=Q(proposed_by=None, decided_by=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}"

    @property
    def said(self) -> dict[str, object]:
        return {"kind": self.kind, "figures": self.body} | super().said
