"""What orders need of the catalogue: the plan that holds for a line on the day it was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from matchmaking.catalogue.models import Plan
from matchmaking.catalogue.selectors import choose_plan
from portal.revenue.order_fields import LineFacts
from portal.revenue.plans import PlanTerms, ShownPlan, register_plans


class Plans:
    """Plans of the products that stand in some lines, by merchant and number."""

    def __init__(self, lines: Iterable[LineFacts]) -> None:
        named = {(line.merchant_id, line.product) for line in lines if line.product}
        rows = Plan.objects.filter(
            product__merchant__in={merchant for merchant, _number in named},
            product__upstream_id__in={number for _merchant, number in named},
            period__isnull=False,
        )
        self._plans: dict[tuple[int, str], list[Plan]] = defaultdict(list)
        for plan in rows.select_related("product").prefetch_related("creators"):
            self._plans[plan.product.merchant_id, plan.product.upstream_id].append(plan)

    def plan_for(self, line: LineFacts, day: date) -> PlanTerms | None:
        """Of a line that a creator brought; a shop's own sale has no commission."""
        if line.creator_id is None:
            return None
        plans = self._plans.get((line.merchant_id, line.product), ())
        held = choose_plan([plan for plan in plans if plan.is_on(day)], line.creator_id).plan
        return PlanTerms(str(held.pk), held.commission_bp) if held else None


def show_plan(key: str) -> ShownPlan | None:
    try:
        plan = Plan.objects.select_related("product").filter(pk=key).first()
    except ValidationError:
        return None
    if plan is None:
        return None
    url = plan.product.get_absolute_url()
    return ShownPlan(
        plan.product.name, url, f"{plan.get_kind_display()} · {plan.commission_bp / 100:g}%"
    )


register_plans(Plans, show_plan)
