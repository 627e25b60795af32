"""Facts that orders make for the evaluation, month by month, of providers and agencies.

- *Settled net GMV* of each merchant served, and through each creator, in the month it settled;
  refunds lower the month of what they reverse, whenever they come.
- *Growth* of a merchant: that over the same month a year ago, as facts of orders have it; and how
  much that is above its category's median, where that has 8 merchants or more.
- *Refunds*: the share of the lines paid in a month that were given back, all or in part, less the
  category's median, where that has 8 merchants or more.
- *Suspicious orders*: the share of the lines paid in a month that rules against gaming take out;
  these are in none of the others.

Orders do not say for which of its services a provider sold: the cooperations do (`served`).

A month is told once it is over. What a later event changes is told by a row of its own, which
stands in for the one before. When a shop was opened no order says: cold starts are `cold_starts`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from statistics import median
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.models import Fact
from portal.evaluation.selectors import refs_of
from portal.evaluation.services import correct_fact, record_facts
from portal.evaluation.services.facts import already_said
from portal.evaluation.states import Door, Grade
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.revenue import engine, rules
from portal.revenue.models import OrderEvent
from portal.revenue.served import Served
from portal.revenue.turnover import SETTLES_WITHIN, Key, Sum, sums

REF = "orders.month"
MEASURES = (
    *("net_gmv", "creator_gmv", "merchant_growth", "category_growth"),
    *("refund_gap", "suspicious_orders"),
)
DIVIDED = frozenset({"net_gmv", "creator_gmv"})
MONTHS = 4  # looked at again: a return is rarely later
LATELY = timedelta(days=7)  # a night that beat missed is made up for
LEAST_MERCHANTS = 8  # of a median
WHY = "orders told later"
Said = dict[tuple[str, str, str, int], Fact]


@dataclass(slots=True)
class _Facts:
    """By the month and the parties they are of; `told_at`: the last word they rest on."""

    kinds: Mapping[int, str]
    served: Served
    made: list[FactFields] = field(default_factory=list)
    told_at: dict[tuple[str, str, str, int], Any] = field(default_factory=dict)

    def add(
        self,
        key: Key,
        measure: str,
        value: float,
        sample: int,
        one: Sum,
        *,
        counterpart_id: int | None = None,
    ) -> None:
        """Of each service the party worked in for the merchant: sums are divided evenly among
        them, shares and rates are those of each."""
        party, merchant, month = key
        services = self.served.services(key)
        parts = len(services) if measure in DIVIDED else 1
        ref = f"{month}:{merchant}:{counterpart_id}" if counterpart_id else f"{month}:{merchant}"
        for service_id, ref_id in refs_of(ref, services):
            fields = FactFields(
                party_id=party,
                measure=measure,
                value=round(value / parts, 4),
                sample=max(1, round(sample / parts)),
                starts_on=month.first_day,
                ends_on=month.last_day,
                grade=Grade.PLATFORM,
                ref_kind=REF,
                ref_id=ref_id,
                counterpart_id=counterpart_id or merchant,
                service_id=service_id,
            )
            self.made.append(fields)
            self.told_at[fields.key] = one.told_at


@transaction.atomic
def record_order_facts(actor: Actor, *, until: date, months: int = MONTHS) -> int:
    """Of the last `months` months that were over before `until`, and of older ones what was told
    of their orders since a week: that corrects what was said, and says nothing new of a past that
    was brought in late. How many rows were new."""
    actor = system_actor(actor.via)
    told = _record(actor, _facts(_of_months(until, months)))
    for month in _told_late(before=_first_of(until, months)):
        told += _correct(actor, _facts(_of_months(month.next().first_day, 1)))
    return told


def _told_late(before: engine.Month) -> list[engine.Month]:
    """Months before this one that some event told lately may change: that in which its line was
    paid, and those in which the line may have settled."""
    since = clock.now() - LATELY
    until = datetime.combine(before.first_day, time(), clock.SHANGHAI)
    late = OrderEvent.objects.filter(recorded_at__gte=since, line__paid_at__lt=until)
    paid = late.annotate(month=TruncMonth("line__paid_at", tzinfo=clock.SHANGHAI))
    found: set[engine.Month] = set()
    for first in paid.order_by().values_list("month", flat=True).distinct():
        month = engine.month_of(first)
        for _later in range(SETTLES_WITHIN + 1):
            found |= {month} if month < before else set()
            month = month.next()
    return sorted(found)


def _first_of(until: date, months: int) -> engine.Month:
    return _before(engine.Month(until.year, until.month), months)


def tell_history(actor: Actor, *, until: date, months: int, known_after: timedelta) -> int:
    """The same, each month when it could be known: for a past that is told at once."""
    found, told = _of_months(until, months), 0
    for month in sorted({key[2] for key in found}):
        after = datetime.combine(month.next().first_day, time(3, 40), clock.SHANGHAI)
        with clock.standing_at(after + known_after):
            some = {key: one for key, one in found.items() if key[2] == month}
            told += _record(actor, _facts(some))
    return told


def _of_months(until: date, months: int) -> dict[Key, Sum]:
    last = _before(engine.Month(until.year, until.month), 1)
    first = _first_of(until, months)
    found = sums(_before(first, SETTLES_WITHIN).first_day, until)
    return {key: one for key, one in found.items() if first <= key[2] <= last}


def _before(month: engine.Month, count: int) -> engine.Month:
    at = month.year * 12 + month.number - 1 - count
    return engine.Month(at // 12, at % 12 + 1)


# --- what they say --------------------------------------------------------------------------------


def _facts(wanted: Mapping[Key, Sum]) -> _Facts:
    parties = {party for party, _merchant, _month in wanted}
    kinds = dict(Party.objects.filter(pk__in=parties).values_list("pk", "kind"))
    facts = _Facts(kinds, Served(wanted))
    for key, one in sorted(wanted.items()):
        if one.orders and kinds[key[0]] == PartyKind.PROVIDER:
            _add_turnover(facts, key, one)
        if one.paid:
            suspicious = round(100 * one.struck / one.paid, 2)
            facts.add(key, "suspicious_orders", suspicious, one.paid, one)
    _add_refunds(facts, wanted)
    _add_growth(facts, wanted)
    return facts


def _add_turnover(facts: _Facts, key: Key, one: Sum) -> None:
    facts.add(key, "net_gmv", one.fen / 100, one.orders, one)
    for creator, (fen, orders) in sorted(one.by_creator.items()):
        if creator != key[0]:
            facts.add(key, "creator_gmv", fen / 100, orders, one, counterpart_id=creator)


def _add_refunds(facts: _Facts, wanted: Mapping[Key, Sum]) -> None:
    rates = {key: 100 * one.refunded / one.kept for key, one in wanted.items() if one.kept}
    medians = _medians(wanted, rates)
    for key, rate in sorted(rates.items()):
        one = wanted[key]
        if (middle := medians.get((one.root, key[2]))) is not None:
            facts.add(key, "refund_gap", round(rate - middle, 2), one.kept, one)


def _add_growth(facts: _Facts, wanted: Mapping[Key, Sum]) -> None:
    before = _a_year_before(wanted)
    growth = {
        key: math.log(one.fen / 100 / before[key])
        for key, one in wanted.items()
        if one.fen > 0 and before.get(key, 0) > 0
    }
    medians = _medians(wanted, {key: _percent(one) for key, one in growth.items()})
    for key, value in sorted(growth.items()):
        one = wanted[key]
        facts.add(key, "merchant_growth", round(value, 4), 1, one)
        if (middle := medians.get((one.root, key[2]))) is not None:
            facts.add(key, "category_growth", round(_percent(value) - middle, 2), 1, one)


def _percent(growth: float) -> float:
    return 100 * (math.exp(growth) - 1)


def _a_year_before(wanted: Iterable[Key]) -> dict[Key, float]:
    """Yuan in the same month a year ago, as it was recorded, of all services together."""
    wanted = list(wanted)
    months = {_before(month, 12) for _party, _merchant, month in wanted}
    told = reduce(or_, (Q(ref_id__startswith=f"{month}:") for month in months), Q(pk=None))
    rows = Fact.objects.in_force().filter(
        told,
        measure="net_gmv",
        ref_kind=REF,
        party__in={party for party, _merchant, _month in wanted},
        door=Door.PORTAL,
    )
    known: defaultdict[tuple[int, str, int | None], float] = defaultdict(float)
    for party, ref, merchant, value in rows.values_list("party", "ref_id", "counterpart", "value"):
        known[party, ref.partition(":")[0], merchant] += value
    return {
        (party, merchant, month): known[before]
        for party, merchant, month in wanted
        if (before := (party, str(_before(month, 12)), merchant)) in known
    }


def _medians(
    wanted: Mapping[Key, Sum], values: Mapping[Key, float]
) -> dict[tuple[int | None, engine.Month], float]:
    """By category and month; of each merchant one value, whoever served it."""
    piles: defaultdict[tuple[int | None, engine.Month], dict[int, float]] = defaultdict(dict)
    for key, value in values.items():
        _party, merchant, month = key
        piles[wanted[key].root, month][merchant] = value
    return {
        key: median(pile.values()) for key, pile in piles.items() if len(pile) >= LEAST_MERCHANTS
    }


# --- writing them down ----------------------------------------------------------------------------


def _record(actor: Actor, facts: _Facts) -> int:
    standing = _standing(facts.made)
    new = [one for one in facts.made if one.key not in standing]
    return record_facts(actor, facts=new, once=True) + _correct(actor, facts, standing)


def _correct(actor: Actor, facts: _Facts, standing: Said | None = None) -> int:
    """What stands and is otherwise since; how many."""
    standing = _standing(facts.made) if standing is None else standing
    corrected = 0
    for one in facts.made:
        row = standing.get(one.key)
        is_later = row is not None and facts.told_at[one.key] > row.recorded_at
        if row is not None and is_later and row.value != one.value and not row.is_void:
            correct_fact(actor, fact=row, value=one.value, why=WHY)
            corrected += 1
    return corrected


def _standing(facts: Collection[FactFields]) -> Said:
    """The last word on each that was said before."""
    found = {one.key: row for one, row in already_said(list(facts))}
    by_pk = {row.pk: key for key, row in found.items()}
    while later := list(Fact.objects.filter(corrects__in=list(by_pk))):
        by_pk = {row.pk: by_pk[row.corrects_id or 0] for row in later}
        found |= {by_pk[row.pk]: row for row in later}
    return found


# --- the rows behind them -------------------------------------------------------------------------


def _orders_url(actor: Actor, ref_id: str) -> str | None:
    """The orders that were paid in that month: of the party, or all of them for operators."""
    month = ref_id.partition(":")[0]
    if actor.party_id is not None and rules.can_list_orders(actor):
        return f"{reverse('order_list')}?month={month}"
    if rules.can_see_all_orders(actor):
        return f"{reverse('order_register')}?month={month}"
    return None


register_row_link(REF, _orders_url, _("Orders of the month"))
