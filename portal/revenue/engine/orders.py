"""Reading orders.csv: every fault with its line, field and what to write instead."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from portal.core.textfiles.tables import Table

from .events import Event, Kind
from .months import SHANGHAI

COLUMNS = ("order", "line", "event", "phase", "gross_fen", "occurred_at")
OPTIONAL = ("event_id",)
DIGITS = re.compile(r"[0-9]{1,18}")
PHASE = re.compile(r"[0-9]{1,9}")
KINDS = {str(kind): kind for kind in Kind}
NO_MOMENT = datetime.min.replace(tzinfo=UTC)


def read_orders(table: Table) -> list[Event]:
    """Faults go to the table; what has some is left out."""
    events = []
    for row, cells in table.rows():
        faults = table.count
        event = _event(table, row, cells)
        if table.count == faults:
            events.append(event)
    return events


def _event(table: Table, row: int, cells: list[str]) -> Event:
    order, line, kind, phase, gross, at, event_id = cells
    for column, cell in (("order", order), ("line", line), ("event_id", event_id)):
        if not cell.isprintable():
            table.fault(row, f"{column}: {cell!r} has characters that cannot be shown")
        elif not cell and column not in OPTIONAL:
            table.fault(row, f"{column}: empty")
    known = KINDS.get(kind)
    if known is None:
        table.fault(row, f"event: {kind!r} is none of {', '.join(KINDS)}")
    return Event(
        order,
        line,
        known or Kind.PAID,
        _phase(table, row, known, phase),
        _gross(table, row, gross),
        _moment(table, row, at),
        event_id,
        row,
    )


def _phase(table: Table, row: int, kind: Kind | None, text: str) -> int:
    if kind is Kind.SETTLED:
        if PHASE.fullmatch(text) and int(text):
            return int(text)
        table.fault(row, f"phase: {text!r}; a settled row has its number, 1, 2, …")
    elif kind is not None and text.strip("0"):
        table.fault(row, f"phase: {text!r}; only a settled row has one, leave it empty")
    return 0


def _gross(table: Table, row: int, text: str) -> int:
    if DIGITS.fullmatch(text):
        return int(text)
    if text.startswith("-"):
        reason = "is below zero; a refund is a row of its own with its amount"
    else:
        reason = "is not a whole number of fen of at most 18 digits"
    table.fault(row, f"gross_fen: {text!r} {reason}" if text else "gross_fen: empty")
    return 0


def _moment(table: Table, row: int, text: str) -> datetime:
    """In UTC; a naive one is Shanghai's."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=SHANGHAI)
        moment.astimezone(SHANGHAI)  # its day there must be one of the calendar
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        example = "an ISO 8601 time such as 2026-01-31T20:15:00"
        reason = f"{text!r} is not {example}" if text else "empty"
        table.fault(row, f"occurred_at: {reason}")
        return NO_MOMENT
