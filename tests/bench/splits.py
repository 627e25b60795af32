"""Splitting a file of orders: five legs, two phases and a refund for one line in ten.

The floor reads the same file with Python's csv and writes as many rows as there are entries: no
times, no arithmetic, no faults. Cost grows with the rows; sorting them by time is n log n.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from functools import partial
from pathlib import Path

from portal.revenue.engine.files import split_files
from tests.bench import Row, median_ms

LINES = 100_000
AGREEMENT = {
    "version": 1,
    "effective_from": "2026-01-01",
    "residual": "merchant",
    "components": [
        {"code": "platform_fee", "rate_bp": 500, "party": "platform"},
        {
            "code": "commission",
            "rate_bp": 2000,
            "divide": {"agency": 30, "creator": 70},
            "components": [{"code": "commission_tech", "rate_bp": 1000, "party": "platform"}],
        },
    ],
    "period_components": [
        {
            "code": "bonus",
            "party": "provider",
            "ladder": {"mode": "marginal", "bands": [{"up_to_fen": None, "rate_bp": 300}]},
            "guarantee": {"fen": 2_000_000, "mode": "max"},
        }
    ],
}
HEADER = "order,line,event,phase,gross_fen,occurred_at,event_id\n"


def run() -> list[Row]:
    return [measured(LINES // 10), measured(LINES)]


def measured(lines: int) -> Row:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        agreement, orders, out = (folder / one for one in ("a.json", "orders.csv", "out.csv"))
        agreement.write_text(json.dumps(AGREEMENT), encoding="utf-8")
        orders.write_text(HEADER + "".join(map(rows_of, range(lines))), encoding="utf-8")
        split_files(agreement, orders, out)
        entries = list(csv.reader(out.open(encoding="utf-8", newline="")))
        ours, floor = median_ms(
            partial(split_files, agreement, orders, out),
            partial(bare_copy, orders, entries, folder / "copy.csv"),
            repeats=1 if lines == LINES else 3,
        )
    work = f"split {lines:,} order lines into {len(entries) - 1:,} entries, file to file"
    return Row(work, ours / 1000, floor / 1000, "s", "≤", 6)


def rows_of(at: int) -> str:
    """Paid, settled in one phase or two, and refunded in part; spread over half a year."""
    gross, month, day = 1_000 + at * 7919 % 90_000, at % 6 + 1, at % 27 + 1
    first = gross if at % 4 else gross // 3
    rows = [("paid", "", gross, month), ("settled", 1, first, month + 1)]
    if first < gross:
        rows.append(("settled", 2, gross - first, month + 2))
    if at % 10 == 0:
        rows.append(("refunded", "", gross // 2, month + 3))
    return "".join(
        f"D{at},1,{kind},{phase},{amount},2026-{of:02d}-{day:02d}T10:{at % 60:02d}:00,e{at}-{one}\n"
        for one, (kind, phase, amount, of) in enumerate(rows)
    )


def bare_copy(orders: Path, entries: list[list[str]], copy: Path) -> None:
    with orders.open(encoding="utf-8", newline="") as file:
        list(csv.reader(file))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(entries)
    copy.write_text(text.getvalue(), encoding="utf-8")
