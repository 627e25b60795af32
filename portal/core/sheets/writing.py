"""Writing tables. A text cell that a spreadsheet would take for a formula is made plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from portal.core.clock import SHANGHAI

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TEXT = "text"  # lines in a form of their own: no table, nothing to neutralise
BOM = "\ufeff"  # without it Excel reads Chinese CSV files as another encoding
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "'"
MOST_IN_CELL = 32_000  # Excel's own limit is 32,767 characters


def neutral(text: str) -> str:
    """`=1+1` becomes `'=1+1`: read as text by every spreadsheet. Reading takes the mark away."""
    return MARK + text if text.startswith(FORMULA) else text


def write_sheet(
    form: str, header: Sequence[str], rows: Iterable[Sequence[Any]], target: IO[bytes]
) -> int:
    """Write `rows` as `csv`, `xlsx` or `text` into `target`; how many there were."""
    writers = {"csv": _write_csv, "xlsx": _write_xlsx, TEXT: _write_text}
    return writers[form](header, rows, target)


def _write_text(header: Sequence[str], rows: Iterable[Sequence[Any]], target: IO[bytes]) -> int:
    count = 0
    for (line,) in rows:
        target.write(f"{line}\n".encode())
        count += 1
    return count


def _write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]], target: IO[bytes]) -> int:
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow([_cell(name) for name in header])
    count = 0
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        count += 1
    text.detach()  # the target stays open for its owner
    return count


def _write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], target: IO[bytes]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([_cell(name) for name in header])
    count = 0
    for row in rows:
        sheet.append([_cell(value) for value in row])
        count += 1
    book.save(target)
    return count


def _cell(value: Any) -> Any:
    """Numbers stay numbers; times are Shanghai's; all else is text that is no formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return value
    return neutral(ILLEGAL_CHARACTERS_RE.sub("", str(value)))[:MOST_IN_CELL]
