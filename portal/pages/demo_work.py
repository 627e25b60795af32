"""What the demo's year on this site tells the evaluation, recorded month by month as it could be
known, by the parts that make it every day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import partial

from matchmaking.content.facts import content_facts
from matchmaking.cooperation.facts import cooperation_facts
from matchmaking.fairs.facts import meeting_facts
from matchmaking.needs.facts import need_facts
from matchmaking.samples.facts import sample_facts
from portal.core import clock
from portal.evaluation.fields import FactFields
from portal.evaluation.services import record_facts
from portal.parties.demo import DEMO, World
from portal.revenue.bill_facts import bill_facts
from training.assessment.facts import work_facts
from training.learning.facts import completion_facts, hours_facts

MONTHS = 13
LEARNED = 2  # months for whose year before the demo's sessions are told
KNOWN_AT = time(3, 40, tzinfo=clock.SHANGHAI)
TELLERS: tuple[Callable[[], list[FactFields]], ...] = (
    need_facts,
    partial(cooperation_facts, months=MONTHS),
    meeting_facts,
    sample_facts,
    content_facts,
    bill_facts,
    completion_facts,
    work_facts,
    partial(hours_facts, months=LEARNED),
)


def tell_work(world: World) -> None:
    """Each takes so many rows at once, and is asked until it has no more."""
    for tell in TELLERS:
        while facts := tell():
            _record(world, facts)


def _record(world: World, facts: Iterable[FactFields]) -> None:
    by_month: defaultdict[date, list[FactFields]] = defaultdict(list)
    for one in facts:
        by_month[one.ends_on.replace(day=1)].append(one)
    for month, some in sorted(by_month.items()):
        with clock.standing_at(min(_after(month), world.dawn)):
            record_facts(DEMO, facts=some, once=True)


def _after(month: date) -> datetime:
    """The small hours after it."""
    months = month.year * 12 + month.month
    return datetime.combine(date(months // 12, months % 12 + 1, 1), KNOWN_AT)
