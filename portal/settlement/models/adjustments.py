"""Entries that people make: corrections of what was posted, never changes of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.ledger.models import Journal
from portal.parties.models import Party
from portal.settlement.models.disputes import LineDispute
from portal.settlement.models.statements import Statement
from portal.settlement.states import AdjustmentStatus


class AdjustmentQuerySet(models.QuerySet["Adjustment"]):
    def visible_to(self, actor: Actor) -> AdjustmentQuerySet:
        """Operators of money; a party those that were posted to it."""
        if actor.has_perm("settlement.view_adjustment"):
            return self.all()
        if actor.party_id is None:
            return self.none()
        own = Q(party=actor.party_id) | Q(counter_party=actor.party_id)
        return self.filter(own, status=AdjustmentStatus.APPROVED)

    def proposed(self) -> AdjustmentQuerySet:
        return self.filter(status=AdjustmentStatus.PROPOSED)


class Adjustment(models.Model):
    """So much more (below zero: less) for `party`, from `counter_party` or, without one, from the
    platform. It counts in the first open month and keeps the day it takes effect."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="adjustments", verbose_name=_("party")
    )
    counter_party = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", verbose_name=_("other party")
    )
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    effective_on = models.DateField(_("takes effect on"))
    reason = models.CharField(_("why"), max_length=150)
    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        null=True,
        related_name="adjustments",
        verbose_name=_("corrects the statement"),
    )
    corrects = models.ForeignKey(
        Journal,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("corrects the journal"),
    )
    dispute = models.ForeignKey(
        LineDispute,
        models.PROTECT,
        null=True,
        related_name="adjustments",
        verbose_name=_("dispute"),
    )
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=AdjustmentStatus.choices,
        default=AdjustmentStatus.PROPOSED,
    )
    prepared_at = models.DateTimeField(_("prepared at"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("prepared by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision = models.CharField(_("decision"), max_length=300, blank=True)
    journal = models.OneToOneField(
        Journal, models.PROTECT, null=True, related_name="+", verbose_name=_("journal")
    )

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of the books")
        verbose_name_plural = _("corrections of the books")
        permissions: ClassVar = [
            ("prepare_adjustment", "Can prepare corrections of the books"),
            ("approve_adjustment", "Can approve corrections of the books"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="adjustment_moves", condition=~Q(amount_fen=0)),
            models.CheckConstraint(name="adjustment_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="adjustment_two_sides",
                condition=Q(counter_party=None) | ~Q(counter_party=F("party")),
            ),
            models.CheckConstraint(
                name="adjustment_posted_when_approved",
                condition=Q(status="approved", journal__isnull=False, decided_at__isnull=False)
                & Q(decided_by__isnull=False)
                | Q(status="declined", journal=None, decided_at__isnull=False) & ~Q(decision="")
                | Q(status="proposed", journal=None, decided_at=None, decided_by=None),
            ),
            models.CheckConstraint(
                name="adjustment_approved_by_another",
                condition=~Q(status="approved")
                | Q(prepared_by=None)
                | ~Q(decided_by=F("prepared_by")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["prepared_at"],
                condition=Q(status="proposed"),
                name="adjustment_to_decide",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.amount_fen}"

    def get_absolute_url(self) -> str:
        return reverse("adjustment_detail", args=[self.pk])
