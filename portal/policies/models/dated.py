"""One figure of the platform's that holds from a day on: a ceiling, a threshold, a sum."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.policies.states import (
    BY_OPERATORS_SINCE,
    NOTICE_PERIOD,
    DatedKind,
    DatedStatus,
    ProductSource,
)
from portal.policies.words import value_in_words


class DatedRuleQuerySet(models.QuerySet["DatedRule"]):
    def approved(self) -> DatedRuleQuerySet:
        return self.filter(status=DatedStatus.APPROVED)

    def proposed(self) -> DatedRuleQuerySet:
        return self.filter(status=DatedStatus.PROPOSED)

    def on(self, day: date) -> DatedRuleQuerySet:
        return self.approved().filter(starts_on__lte=day)


class DatedRule(models.Model):
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
    starts_on = models.DateField(_("from"))
    source = models.CharField(_("where it is from"), max_length=200)
    checked_on = models.DateField(_("last looked at"))
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=DatedStatus.choices,
        default=DatedStatus.PROPOSED,
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
    announced_on = models.DateField(_("announced on"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = DatedRuleQuerySet.as_manager()

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
            models.CheckConstraint(
                name="dated_rule_decided",
                condition=Q(status="proposed", decided_at=None, decided_by=None)
                | ~Q(status="proposed") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                # Who wrote it down may take it back, but not approve it.
                name="dated_rule_second_person",
                condition=~Q(status="approved")
                | Q(announced_on=None)
                | Q(decided_by__isnull=False, proposed_by__isnull=False)
                & ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                # What held before operators did it here is history without that day.
                name="dated_rule_announced",
                condition=~Q(status="approved") & Q(announced_on=None)
                | Q(status="approved", announced_on=None, starts_on__lt=BY_OPERATORS_SINCE)
                | Q(status="approved", announced_on__lte=F("starts_on") - NOTICE_PERIOD),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.shown} {self.starts_on}"

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return value_in_words(DatedKind(self.kind), self.value)
