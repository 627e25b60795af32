"""The money and traffic a season may give away, and every row that moved it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.rewards.models.programmes import Programme
from portal.rewards.states import BudgetStatus, EntryKind, Unit


class Pool(models.Model):
    """Fen, or points of traffic. The database holds that no more is put aside and granted than the
    budget; `granted` is what was granted and did not come back, `used` what of it was used:
    of coupons alone, since cash that was granted is the party's, and the books say what is paid."""

    id = models.BigAutoField(primary_key=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="pools", verbose_name=_("season")
    )
    unit = models.CharField(_("unit"), max_length=6, choices=Unit.choices)
    budget = models.BigIntegerField(_("budget"), default=0)
    reserved = models.BigIntegerField(_("put aside"), default=0)
    granted = models.BigIntegerField(_("granted"), default=0)
    used = models.BigIntegerField(_("used"), default=0)

    class Meta:
        verbose_name = _("pool of rewards")
        verbose_name_plural = _("pools of rewards")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "unit"], name="reward_pool_once"),
            models.CheckConstraint(
                name="reward_pool_never_overdrawn",
                condition=Q(reserved__gte=0, granted__gte=0, used__gte=0)
                & Q(budget__gte=F("reserved") + F("granted"), granted__gte=F("used")),
            ),
            models.CheckConstraint(
                name="reward_pool_cash_is_not_used", condition=~Q(unit="cash") | Q(used=0)
            ),
            models.CheckConstraint(
                name="reward_pool_unit_known", condition=Q(unit__in=Unit.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.get_unit_display()}"

    @property
    def used_points(self) -> int | None:
        """None of a pool of cash, which has no such column."""
        return self.used if self.unit == Unit.COUPON else None

    @property
    def free(self) -> int:
        return self.budget - self.reserved - self.granted


class BudgetChange(models.Model):
    """So much more (below zero: less) for a pool, said by one person and agreed by another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pool = models.ForeignKey(
        Pool, models.PROTECT, related_name="changes", verbose_name=_("pool of rewards")
    )
    amount = models.BigIntegerField(_("amount in the unit"))
    reason = models.CharField(_("why"), max_length=300)
    status = models.CharField(
        _("status"), max_length=8, choices=BudgetStatus.choices, default=BudgetStatus.PROPOSED
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
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

    class Meta:
        verbose_name = _("change of a budget")
        verbose_name_plural = _("changes of budgets")
        permissions: ClassVar = [
            ("propose_budgetchange", "Can propose changes of reward budgets"),
            ("approve_budgetchange", "Can approve changes of reward budgets"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="reward_budget_moves", condition=~Q(amount=0)),
            models.CheckConstraint(name="reward_budget_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="reward_budget_decided_has_time",
                condition=Q(status="proposed", decided_at=None, decided_by=None)
                | Q(status="approved", decided_at__isnull=False)
                | Q(status="refused", decided_at__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="reward_budget_by_two",
                condition=~Q(status="approved")
                | Q(proposed_by=None)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["pool"], condition=Q(status="proposed"), name="reward_budget_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.amount:+}"


class PoolEntry(models.Model):
    """One movement of a pool; appended, never changed. `amount` is above zero, but for a budget
    that shrinks. See `EFFECTS` for what it moves."""

    id = models.BigAutoField(primary_key=True)
    pool = models.ForeignKey(
        Pool, models.PROTECT, related_name="entries", verbose_name=_("pool of rewards")
    )
    kind = models.CharField(_("kind"), max_length=7, choices=EntryKind.choices)
    amount = models.BigIntegerField(_("amount in the unit"))
    # Written by the same statement as the claim: the foreign key is asked about at the commit.
    claim = models.ForeignKey(
        "rewards.Claim",
        models.PROTECT,
        null=True,
        related_name="entries",
        verbose_name=_("claim of a task"),
    )
    change = models.ForeignKey(
        BudgetChange,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("change of a budget"),
    )
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("movement of a pool")
        verbose_name_plural = _("movements of pools")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reward_entry_has_its_cause",
                condition=Q(kind="budget", change__isnull=False, claim=None) & ~Q(amount=0)
                | ~Q(kind="budget") & Q(change=None, claim__isnull=False, amount__gt=0),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["pool", "id"], name="reward_pool_story")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
