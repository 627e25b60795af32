"""Which rules judge a quarter, and what a star brings today."""

from __future__ import annotations

from datetime import date

from portal.core import clock
from portal.tiers.engine import Quarter
from portal.tiers.models import StarBenefit, StarRuleSet, StarStanding


def rules_of(quarter: Quarter) -> StarRuleSet | None:
    """Those that had begun on its first day: nobody is judged by what came later."""
    return StarRuleSet.objects.on(quarter.first_day).whole().first()


def rules_on(day: date) -> StarRuleSet | None:
    return StarRuleSet.objects.on(day).whole().first()


def benefits_on(day: date) -> dict[tuple[int, str], int]:
    """(stars, kind) → amount, each star with what the stars below it bring."""
    rules = StarRuleSet.objects.on(day).first()
    found: dict[tuple[int, str], int] = {}
    if rules is None:
        return found
    rows = StarBenefit.objects.filter(rules=rules).values_list("stars", "kind", "amount")
    for stars, kind, amount in rows:
        for above in range(stars, 6):
            found[above, kind] = max(found.get((above, kind), 0), amount)
    return found


def benefit_of(party_id: int, kind: str) -> int:
    """What the stars it holds bring it of one kind, now; 0 for nothing."""
    stars = StarStanding.objects.filter(party=party_id).values_list("stars", flat=True).first()
    return benefits_on(clock.today()).get((stars or 0, kind), 0)
