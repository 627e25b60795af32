"""Which plan holds for a creator on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matchmaking.catalogue.models import Plan, Product
from matchmaking.catalogue.states import PlanKind
from portal.parties.models import Party


@dataclass(frozen=True, slots=True)
class Commission:
    """The plan that holds; `plan` None: nothing is offered. `is_shut`: an exclusive plan of others
    holds, until `until` (None: open)."""

    plan: Plan | None
    is_shut: bool = False
    until: date | None = None

    @property
    def commission_bp(self) -> int | None:
        return self.plan.commission_bp if self.plan else None


def commission_for(product: Product, creator: Party | None, day: date) -> Commission:
    """What this creator (None: somebody without a plan of their own) gets on that day: by a plan
    for them, or, where no exclusive plan shuts them out, by the public one."""
    plans = Plan.objects.filter(product=product).on(day).prefetch_related("creators")
    return choose_plan(list(plans), creator.pk if creator else None)


def choose_plan(plans: Sequence[Plan], creator_id: int | None) -> Commission:
    """Of the plans of one product that hold on one day, with their creators."""
    chosen = [plan for plan in plans if _names(plan, creator_id)]
    if chosen:
        return Commission(chosen[0])
    exclusive = _of_kind(plans, PlanKind.EXCLUSIVE)
    if exclusive is not None:
        return Commission(None, is_shut=True, until=exclusive.last_day)
    return Commission(_of_kind(plans, PlanKind.PUBLIC))


def _names(plan: Plan, creator_id: int | None) -> bool:
    if plan.kind == PlanKind.PUBLIC or creator_id is None:
        return False
    return any(one.creator_id == creator_id for one in plan.creators.all())


def _of_kind(plans: Iterable[Plan], kind: PlanKind) -> Plan | None:
    return next((plan for plan in plans if plan.kind == kind), None)
