"""One figure of the platform's that holds from a day on: a ceiling, a threshold, a sum."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.policies.models.proposed import (
    Announced,
    DatedQuerySet,
    announced_ahead,
    by_second_person,
    decided_with_time,
)
from portal.policies.states import DatedKind, ProductSource
from portal.policies.words import value_in_words


class DatedRule(Announced):
    """What one person proposed and another approved; the newest that has begun counts, a row for
    one product source before a row for all of them.

    value: in the unit of its kind, `states.UNITS`. What is approved never changes but the day
    somebody last looked (database grants).
    """

    kind = models.CharField(_("rule"), max_length=20, choices=DatedKind.choices)
    product_source = models.CharField(
        _("product source"), max_length=12, choices=ProductSource.choices, blank=True
    )
    value = models.BigIntegerField(_("value"))

    objects = DatedQuerySet["DatedRule"].as_manager()

    class Meta:
        verbose_name = _("rule with a day")
        verbose_name_plural = _("rules with a day")
        permissions: ClassVar = [
            ("propose_datedrule", "Can propose rules with a day"),
            ("approve_datedrule", "Can approve rules with a day"),
        ]
        ordering: ClassVar = ["kind", "-starts_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "product_source", "starts_on"],
                condition=~Q(status="refused"),
                name="dated_rule_once_a_day",
            ),
            models.CheckConstraint(name="dated_rule_value", condition=Q(value__gte=0)),
            models.CheckConstraint(name="dated_rule_has_source", condition=~Q(source="")),
            decided_with_time("dated_rule_decided"),
            by_second_person("dated_rule_second_person", unless=Q(announced_on=None)),
            announced_ahead("dated_rule_announced"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.shown} {self.starts_on}"

    @property
    def said(self) -> dict[str, object]:
        return {"kind": self.kind, "value": self.value} | super().said

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return value_in_words(DatedKind(self.kind), self.value)
