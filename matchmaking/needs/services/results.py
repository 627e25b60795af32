"""What everybody settled in each category over the last year, by its own sales orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from django.db import transaction

from matchmaking.engine.ranking import ReachScale
from matchmaking.engine.ranking.parts import reach_value
from matchmaking.needs import rules
from matchmaking.needs.models import CategoryResult, ResultRun
from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.revenue.turnover import EVERYBODY, sums

WINDOW = timedelta(days=365)
# Settled in a year and a category: worth nothing up to ¥10,000, everything from ¥100 million on.
SCALE = ReachScale(least=1_000_000, most=10_000_000_000)
CAUTION = 2  # merchants; so much weighs the mean of the others beside one's own


@dataclass(slots=True)
class _Total:
    fen: int = 0
    merchants: set[int] = field(default_factory=set)


Totals = dict[tuple[int, int], _Total]  # by party and first-level category


@transaction.atomic
def refresh_results(actor: Actor) -> int:
    """Make the results of this night; how many there are. The run before goes: whoever reads in
    this moment reads one or the other, whole."""
    rules.can_refresh_results(actor).require()
    today = clock.today()
    totals = _totals(today - WINDOW, today)
    run = ResultRun.objects.create(
        made_at=clock.now(), starts_on=today - WINDOW, ends_on=today - timedelta(days=1)
    )
    keys = {party for party, _category in totals}
    kinds = dict(Party.objects.filter(pk__in=keys).values_list("pk", "kind"))
    rows = [*_rows(run, totals, kinds)]
    bulk.insert(rows)
    CategoryResult.objects.exclude(run=run).delete()
    ResultRun.objects.exclude(pk=run.pk).delete()
    return len(rows)


def _totals(since: date, until: date) -> Totals:
    """What was given back in one month lowers the others of the same merchant."""
    sold: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for (party, merchant, _month), one in sums(since, until, EVERYBODY).items():
        for category, fen in one.by_root.items():
            if category is not None:
                sold[party, category, merchant] += fen
    found: defaultdict[tuple[int, int], _Total] = defaultdict(_Total)
    for (party, category, merchant), fen in sold.items():
        if fen > 0:
            found[party, category].fen += fen
            found[party, category].merchants.add(merchant)
    return dict(found)


def _rows(run: ResultRun, totals: Totals, kinds: Mapping[int, str]) -> Iterator[CategoryResult]:
    """Each value between one's own, by orders of magnitude, and the mean of one's kind in the
    category: the more merchants, the nearer to one's own. A few cases count for little."""
    keys = [*totals]
    own = reach_value(np.array([float(totals[key].fen) for key in keys]), SCALE)
    groups: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    for (party, category), value in zip(keys, own.tolist(), strict=True):
        groups[kinds[party], category].append(value)
    means = {group: sum(values) / len(values) for group, values in groups.items()}
    for key, value in zip(keys, own.tolist(), strict=True):
        party, category = key
        total, mean = totals[key], means[kinds[party], category]
        n = len(total.merchants)
        yield CategoryResult(
            run=run,
            party_id=party,
            category_id=category,
            fen=total.fen,
            merchants=n,
            value=min(max((n * value + CAUTION * mean) / (n + CAUTION), 0.0), 1.0),
        )
