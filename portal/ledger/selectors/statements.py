"""An account line by line, newest first, with the balance after each line.

Lines stand in the order of their transactions. Behind a line whose transaction is older than every
running one nothing can appear any more: its balance is final and travels in the cursor, so the
thousandth page costs what the second does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import connection

from portal.ledger.causes import address_of, part_of, text_of
from portal.ledger.models import Entry
from portal.ledger.selectors.balances import ONE

SALT = "ledger-statement"
SIZE = 20
LINES = """
    WITH page AS (
        SELECT id, xact, amount FROM ledger_entry WHERE account_id = %(account)s {beyond}
        ORDER BY xact {way}, id {way} LIMIT %(most)s
    )
    SELECT id, xact::text, amount, xact < pg_snapshot_xmin(pg_current_snapshot()), {top}
    FROM page
"""
OLDER = "AND (xact, id) < (%(xact)s::xid8, %(id)s)"
NEWER = "AND (xact, id) > (%(xact)s::xid8, %(id)s)"
# The balance with the newest line of a page that goes back in time.
TOP = f"""
    ({ONE}) - coalesce((
        SELECT sum(entry.amount)
        FROM ledger_entry entry, (SELECT xact, id FROM page ORDER BY xact DESC, id DESC LIMIT 1) top
        WHERE entry.account_id = %(account)s AND (entry.xact, entry.id) > (top.xact, top.id)
    ), 0)::bigint
"""  # noqa: S608 - put together from constants


@dataclass(frozen=True, slots=True)
class Line:
    """`after` is the balance with this line, in fen."""

    entry: Entry
    after: int

    @property
    def part(self) -> str:
        return part_of(self.entry)

    @property
    def text(self) -> str:
        return text_of(self.entry)

    @property
    def address(self) -> str:
        return address_of(self.entry)


@dataclass(frozen=True, slots=True)
class Statement:
    """One page; the cursors of the pages beside it ("" = none)."""

    lines: list[Line]
    older: str
    newer: str

    @property
    def next(self) -> str:
        """As the pager calls it."""
        return self.older

    @property
    def previous(self) -> str:
        return self.newer


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    xact: str
    amount: int
    is_final: bool
    top: int | None


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where a page begins: behind this row. `after` is its balance, where that is final."""

    is_newer: bool
    xact: str
    id: int
    after: int | None


def statement(account_id: int, cursor: str = "", *, size: int = SIZE) -> Statement:
    """The page from `cursor` on; a forged one, or one of another account, is the first page."""
    edge = _read(account_id, cursor)
    rows = _rows(account_id, edge, size + 1)
    rows, extra = rows[:size], rows[size:]
    has_more = bool(extra)
    if edge is not None and edge.is_newer:
        rows.reverse()
    if not rows:
        return Statement([], "", "")
    lines = _lines(rows, _top(edge, rows, extra))
    is_back = edge is not None and edge.is_newer
    has_older, has_newer = (True, has_more) if is_back else (has_more, edge is not None)
    return Statement(
        lines=lines,
        older=_cursor(account_id, False, rows[-1], lines[-1]) if has_older else "",
        newer=_cursor(account_id, True, rows[0], lines[0]) if has_newer else "",
    )


def _rows(account_id: int, edge: _Edge | None, most: int) -> list[_Row]:
    """In one statement, and so at one moment, with the balance they begin at."""
    is_newer = edge is not None and edge.is_newer
    query = LINES.format(
        beyond="" if edge is None else NEWER if is_newer else OLDER,
        way="ASC" if is_newer else "DESC",
        top=f"({ONE})" if edge is None else TOP if edge.after is None else "NULL",
    )
    values: dict[str, Any] = {"account": account_id, "most": most}
    if edge is not None:
        values |= {"xact": edge.xact, "id": edge.id}
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [_Row(*row) for row in cursor.fetchall()]


def _top(edge: _Edge | None, rows: Sequence[_Row], extra: Sequence[_Row]) -> int:
    """The balance with the newest row of the page; `extra` was read beyond it."""
    if edge is None or edge.after is None:
        is_above = edge is not None and edge.is_newer
        return (rows[0].top or 0) - (sum(row.amount for row in extra) if is_above else 0)
    return edge.after + sum(row.amount for row in rows) if edge.is_newer else edge.after


def _lines(rows: Sequence[_Row], top: int) -> list[Line]:
    entries = Entry.objects.select_related("journal").in_bulk([row.id for row in rows])
    lines = []
    for row in rows:
        lines.append(Line(entries[row.id], top))
        top -= row.amount
    return lines


def _cursor(account_id: int, is_newer: bool, row: _Row, line: Line) -> str:
    """The balance behind the row, or with it for the way back; where neither can change."""
    after = (line.after if is_newer else line.after - row.amount) if row.is_final else None
    return signing.dumps([account_id, int(is_newer), row.xact, row.id, after], salt=SALT)


def _read(account_id: int, cursor: str) -> _Edge | None:
    try:
        said: Sequence[Any] = signing.loads(cursor, salt=SALT) if cursor else (0,) * 5
    except (signing.BadSignature, ValueError):
        return None
    of, is_newer, xact, key, after = said
    return _Edge(bool(is_newer), xact, key, after) if of == account_id else None
