"""For which of its services a provider worked for a merchant in a month: as the cooperations told
it the evaluation. Orders do not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from portal.evaluation.models import Fact
from portal.revenue import engine
from portal.revenue.turnover import Key

WHOLE: Sequence[int | None] = (None,)  # the whole party's, where nothing is told
MEASURE = "merchant_served"
Months = dict[engine.Month, set[int]]


class Served:
    """Read at once for all. Of a month in which no work was told, as of the last one before; so
    what was said of a month that is over stays."""

    def __init__(self, wanted: Collection[Key]) -> None:
        self._months: defaultdict[tuple[int, int], Months] = defaultdict(dict)
        rows = Fact.objects.filter(
            measure=MEASURE,
            corrects=None,
            service__isnull=False,
            party__in={party for party, _merchant, _month in wanted},
            counterpart__in={merchant for _party, merchant, _month in wanted},
        )
        for party, merchant, service, day in rows.values_list(
            "party", "counterpart", "service", "ends_on"
        ):
            months = self._months[party, merchant]
            months.setdefault(engine.Month(day.year, day.month), set()).add(service)

    def services(self, key: Key) -> Sequence[int | None]:
        party, merchant, month = key
        told = self._months.get((party, merchant), {})
        last = max((one for one in told if one <= month), default=None)
        return sorted(told[last]) if last else WHOLE
