"""From events to entries, the rows that say who gets what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .agreement import Agreement, Leg
from .events import Event, EventFault, in_order
from .lines import Line, Posting, Track
from .months import Month
from .periods import PeriodRow, gather

PERIOD = "period"


class Entry(NamedTuple):
    """phase: 0 where there is none. amount_fen: never zero."""

    order: str
    line: str
    event: str
    phase: int
    component: str
    party: str
    amount_fen: int
    track: Track


class EventFaults(ValueError):
    """Events that cannot be; `faults` in the order of their rows, one for each line at most."""

    def __init__(self, faults: Iterable[EventFault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.event.row)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Posted:
    """events: how many there were, each counted once. postings: in the order of time."""

    agreement: Agreement
    events: int
    postings: Sequence[Posting]

    def entries(self, until: Month | None = None) -> Iterator[Entry]:
        """Those of the postings, then those of the months up to `until`, or to the last one in
        which something settled."""
        for posting in self.postings:
            yield from entries_of(posting, self.agreement.legs)
        for row in gather(self.agreement, self.postings).rows(until):
            yield from _period_entries(row)


def post_events(agreement: Agreement, events: Iterable[Event]) -> Posted:
    """Whatever the order they come in. Raises EventFaults."""
    ordered, faults = in_order(events)
    lines: dict[tuple[str, str], Line | None] = {}  # None where something is wrong already
    postings: list[Posting] = []
    for event in ordered:
        key = event.order, event.line
        line = lines.setdefault(key, Line(agreement)) if key not in lines else lines[key]
        if line is None:
            continue
        try:
            postings.extend(line.post(event))
        except EventFault as fault:
            faults.append(fault)
            lines[key] = None
    if faults:
        raise EventFaults(faults)
    return Posted(agreement, len(ordered), postings)


def entries_of(posting: Posting, legs: Sequence[Leg]) -> Iterator[Entry]:
    event, track, phase, amounts, _ = posting
    phase = phase or event.phase
    for (component, party), amount in zip(legs, amounts, strict=True):
        if amount:
            yield Entry(event.order, event.line, event.kind, phase, component, party, amount, track)


def _period_entries(row: PeriodRow) -> Iterator[Entry]:
    """What the party gets and the payer's mirrored row."""
    if not row.amount:
        return
    one, line = row.component, str(row.corrects or "")
    for party, amount in ((one.party, row.amount), (one.payer, -row.amount)):
        yield Entry(str(row.posted_in), line, PERIOD, 0, one.code, party, amount, Track.SETTLED)
