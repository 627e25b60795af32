"""A rate that one person wrote down and another has to look at before it is announced."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.policies.fields import FeeFields
from portal.policies.models.proposed import Proposed, ProposedQuerySet, by_second_person
from portal.policies.models.rules import FeeRate
from portal.policies.states import FeeKind, ProductSource


class FeeProposal(Proposed):
    """Approved, it is a rate; refused, it is nothing. What it says never changes (database
    grants)."""

    DECIDED = (*Proposed.DECIDED, "rate")

    fee = models.CharField(_("fee"), max_length=14, choices=FeeKind.choices)
    product_source = models.CharField(
        _("product source"), max_length=12, choices=ProductSource.choices, blank=True
    )
    category = models.ForeignKey(
        "parties.Category", models.PROTECT, null=True, related_name="+", verbose_name=_("category")
    )
    rate_bp = models.PositiveSmallIntegerField(_("rate (basis points)"))
    is_relief = models.BooleanField(_("relief"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until, not including"), null=True)
    source = models.CharField(_("where it is from"), max_length=200)
    rate = models.OneToOneField(
        FeeRate, models.PROTECT, null=True, related_name="proposal", verbose_name=_("rate")
    )

    objects = ProposedQuerySet["FeeProposal"].as_manager()

    class Meta:
        verbose_name = _("proposed rate of a fee")
        verbose_name_plural = _("proposed rates of fees")
        permissions: ClassVar = [
            ("propose_fee", "Can propose rates of fees"),
            ("approve_fee", "Can approve rates of fees"),
        ]
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fee_proposal_decided",
                condition=Q(status="proposed", decided_at=None, decided_by=None, rate=None)
                | Q(status="approved", decided_at__isnull=False, rate__isnull=False)
                | Q(status="refused", decided_at__isnull=False, rate=None),
            ),
            by_second_person("fee_proposal_second_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_fee_display()} {self.starts_on}"

    @classmethod
    def permission(cls, deed: str) -> str:
        return f"policies.{deed}_fee"

    @property
    def said(self) -> dict[str, object]:
        return {"fee": self.fee, "rate_bp": self.rate_bp, "from": self.starts_on}

    @property
    def rate_percent(self) -> str:
        return f"{Decimal(self.rate_bp) / 100:f}"

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @property
    def fields(self) -> FeeFields:
        """As they were proposed."""
        return FeeFields(
            fee=self.fee,
            rate_bp=self.rate_bp,
            starts_on=self.starts_on,
            source=self.source,
            product_source=self.product_source,
            category_id=self.category_id,
            is_relief=self.is_relief,
            ends_on=self.ends_on,
        )
