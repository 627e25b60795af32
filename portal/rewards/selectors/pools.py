"""Seasons with their pools, budgets that wait, and whether a pool adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.rewards.models import BudgetChange, Pool, Programme, Task
from portal.rewards.selectors.desk import PoolRow, pool_row
from portal.rewards.states import EFFECTS, BudgetStatus
from portal.rewards.words import amount_in_words


@dataclass(frozen=True, slots=True)
class SeasonRow:
    season: Programme
    tasks: int
    pools: Sequence[PoolRow]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    change: BudgetChange
    amount: str


def season_rows(seasons: Sequence[Programme]) -> list[SeasonRow]:
    tasks = dict(
        Task.objects.filter(programme__in=seasons)
        .values_list("programme")
        .annotate(Count("pk"))
        .order_by()
    )
    pools: dict[int, list[PoolRow]] = {}
    for pool in Pool.objects.filter(programme__in=seasons).order_by("unit"):
        pools.setdefault(pool.programme_id, []).append(pool_row(pool))
    return [SeasonRow(one, tasks.get(one.pk, 0), pools.get(one.pk, [])) for one in seasons]


def waiting_budgets() -> list[ChangeRow]:
    rows = BudgetChange.objects.filter(status=BudgetStatus.PROPOSED)
    rows = rows.select_related("pool__programme").order_by("proposed_at")[:20]
    return [ChangeRow(one, change_in_words(one)) for one in rows]


def waiting_budget_of(pool: Pool) -> BudgetChange | None:
    rows = BudgetChange.objects.filter(pool=pool, status=BudgetStatus.PROPOSED)
    return rows.select_related("proposed_by", "pool").first()


def changes_of(pool: Pool, most: int) -> list[ChangeRow]:
    rows = BudgetChange.objects.filter(pool=pool).select_related("pool").order_by("-proposed_at")
    return [ChangeRow(one, change_in_words(one)) for one in rows[:most]]


def change_in_words(change: BudgetChange) -> str:
    sign = "+" if change.amount > 0 else "−"
    return f"{sign}{amount_in_words(change.pool.unit, abs(change.amount))}"


def figures_of_pool(pool: Pool) -> list[dict[str, Any]]:
    """As `components/kpis.html` takes them."""
    return [
        {"label": label, "value": amount_in_words(pool.unit, amount)}
        for label, amount in (
            (_("Budget"), pool.budget),
            (_("Put aside"), pool.reserved),
            (pgettext("reward", "Granted"), pool.granted),
            (_("of it used"), pool.used_points),
            (pgettext("pool", "Free"), pool.free),
        )
        if amount is not None
    ]


def adds_up(pool: Pool) -> bool:
    """Whether each column is the sum of the rows that moved it."""
    sums = [0, 0, 0, 0]
    for kind, amount in pool.entries.values_list("kind").annotate(Sum("amount")).order_by():
        for place, effect in enumerate(EFFECTS[kind]):
            sums[place] += effect * amount
    return sums == [pool.budget, pool.reserved, pool.granted, pool.used]
