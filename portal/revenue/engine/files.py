"""From files to a file: what the command `split` does, without a database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from portal.core.textfiles.handed_in import Refused, open_files, read_json, write_whole
from portal.core.textfiles.tables import Table

from .agreement import Agreement
from .entries import Entry, EventFaults, Posted, post_events
from .months import Month, parse_month
from .orders import COLUMNS, OPTIONAL, read_orders
from .reading import parse_agreement

ENTRY_COLUMNS = Entry._fields
PIECE = 10_000  # rows written at a time


def split_files(agreement: Path, orders: Path, out: Path, *, until: str | None = None) -> int:
    """Writes the entries, and gives the number of events. Raises Refused before anything is
    written: first for files that cannot be opened, then for the agreement, then for the orders."""
    last = None if until is None else _month(until)
    raw = open_files({"agreement": agreement, "orders": orders}, out)
    read = read_json(agreement, raw["agreement"], parse_agreement)
    posted = _post(read, orders, raw["orders"])
    write_whole(out, csv_pieces(posted.entries(last)))
    return posted.events


def csv_pieces(entries: Iterable[Entry]) -> Iterator[str]:
    """The text of entries.csv, bit by bit."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ENTRY_COLUMNS)
    left = ((*one[:3], one.phase or "", *one[4:]) for one in entries)
    while True:
        yield text.getvalue()
        text.seek(0)
        text.truncate()
        writer.writerows(islice(left, PIECE))
        if not text.tell():
            return


def _month(text: str) -> Month:
    month = parse_month(text)
    if month is None:
        raise Refused([f"--until: {text!r} is not a month such as 2026-03"])
    return month


def _post(agreement: Agreement, path: Path, raw: bytes) -> Posted:
    table = Table(str(path), raw, COLUMNS, OPTIONAL)
    events = read_orders(table)
    if not table.count:
        try:
            return post_events(agreement, events)
        except EventFaults as error:
            for fault in error.faults:
                table.fault(fault.event.row, str(fault))
    raise Refused(table.faults)
