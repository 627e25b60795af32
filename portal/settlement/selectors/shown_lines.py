"""Order lines of a statement, page by page, each with what it gave."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import connection

from portal.ledger.causes import address_of, text_of
from portal.ledger.models import Entry
from portal.revenue.models import OrderLine
from portal.settlement.models import DisputedLine, Statement, StatementRow
from portal.settlement.selectors.coverage import COVERED, floor_after
from portal.settlement.states import RELEASE, DisputeStatus, Source

SALT = "statement-lines"
LONGEST = 64  # of an order's number
# Entries of the statement. None of them is older than the floor.
OWN = f"""
    own AS (
        SELECT entry.id AS entry_id, account.kind, entry.amount, entry.part,
            journal.id AS journal_id, journal.key, journal.cause_type, journal.cause_id
        FROM settlement_statement statement
        LEFT JOIN settlement_statement before ON before.id = statement.previous_id
        JOIN ledger_account account ON account.party_id = statement.party_id
          AND account.track = 'settled' AND account.currency = 'CNY'
          AND account.kind IN ('share', 'held')
        JOIN ledger_entry entry
          ON entry.account_id = account.id AND entry.xact >= %(floor)s::xid8
        JOIN ledger_journal journal ON journal.id = entry.journal_id
        WHERE statement.id = %(statement)s AND journal.cause_type <> '{RELEASE}'
          AND {COVERED.format(by="statement")} AND NOT {COVERED.format(by="before")}
    )
"""  # noqa: S608 - put together from constants
TOLD = f"""
    WITH {OWN}, told AS (
        SELECT own.*, event.id AS event_id, event.kind AS event_kind, event.amount_fen,
            event.phase, event.line_id
        FROM own
        JOIN revenue_orderevent event
          ON event.id = CASE own.cause_type WHEN 'order_event' THEN own.cause_id::bigint END
        JOIN revenue_orderline line ON line.id = event.line_id
        WHERE (%(terms)s::text[] IS NULL OR line.terms_id = ANY(%(terms)s::text[]))
          AND (%(order)s = '' OR line.order = %(order)s)
          AND (%(only)s::bigint[] IS NULL OR line.id = ANY(%(only)s::bigint[]))
    ), page AS (
        SELECT DISTINCT line_id FROM told
        WHERE %(edge)s::bigint IS NULL
          OR CASE WHEN %(newer)s THEN line_id > %(edge)s ELSE line_id < %(edge)s END
        ORDER BY line_id {{way}} LIMIT %(most)s
    )
"""  # noqa: S608 - put together from constants
LINES = f"""
    {TOLD}, events AS (
        SELECT line_id, event_kind, amount_fen, phase,
            coalesce(sum(amount) FILTER (WHERE event_kind <> 'refunded'), 0) AS earned,
            coalesce(sum(amount) FILTER (WHERE event_kind = 'refunded'), 0) AS refunded,
            coalesce(-sum(amount) FILTER (WHERE kind = 'held'), 0) AS held,
            min(journal_id) FILTER (WHERE key = 'order/' || cause_id) AS journal_id
        FROM told JOIN page USING (line_id) GROUP BY line_id, event_id, 2, 3, 4
    )
    SELECT line_id, sum(earned)::bigint, sum(refunded)::bigint, sum(held)::bigint,
        coalesce(sum(CASE WHEN journal_id IS NULL THEN 0
            WHEN event_kind = 'settled' THEN amount_fen
            ELSE -(SELECT coalesce(sum(leg.amount), 0) FROM ledger_entry leg
                   JOIN ledger_account cleared ON cleared.id = leg.account_id
                   WHERE leg.journal_id = events.journal_id AND cleared.kind = 'clearing'
                     AND cleared.track = 'settled') END), 0)::bigint,
        array_agg(DISTINCT phase) FILTER (WHERE event_kind = 'settled')
    FROM events GROUP BY 1 ORDER BY 1 DESC
"""  # noqa: S608 - put together from constants
ENTRIES = f"""
    WITH {OWN}
    SELECT own.entry_id FROM own
    WHERE CASE own.cause_type WHEN 'order_event' THEN 'orders' WHEN 'true_up' THEN 'true_up'
        WHEN 'bill' THEN 'onward' WHEN 'adjustment' THEN 'adjustment' ELSE 'other' END = %(source)s
      AND own.part = %(part)s
    ORDER BY own.entry_id DESC LIMIT %(most)s
"""  # noqa: S608 - put together from constants


@dataclass(frozen=True, slots=True)
class ShownLine:
    """turnover: what settled of it less what came back. phases: of it that settled. is_disputed:
    an open dispute holds it."""

    line: OrderLine
    turnover: int
    earned: int
    refunded: int
    held: int
    phases: Sequence[int]
    is_disputed: bool

    @property
    def amount(self) -> int:
        return self.earned + self.refunded + self.held

    @property
    def is_of_before(self) -> bool:
        """Only given back: it settled in an earlier statement."""
        return not self.phases


@dataclass(frozen=True, slots=True)
class LinePage:
    """The newest first; cursors of the pages beside it ("" = none)."""

    lines: list[ShownLine]
    next: str
    previous: str


def lines_page(
    statement: Statement,
    *,
    terms: Collection[str] | None = None,
    order: str = "",
    cursor: str = "",
    size: int = 20,
) -> LinePage:
    """Those of some trees only, or of one order. A forged cursor is the first page."""
    newer, edge = _read(cursor, statement)
    rows = _rows(statement, terms, order, edge, newer, size + 1)
    has_more, kept = len(rows) > size, rows[-size:] if newer else rows[:size]
    has_next = bool(kept) and (newer or has_more)
    has_previous = bool(kept) and (has_more if newer else edge is not None)
    return LinePage(
        lines=list(_shown(statement, kept)),
        next=_cursor(statement, False, kept[-1][0]) if has_next else "",
        previous=_cursor(statement, True, kept[0][0]) if has_previous else "",
    )


def lines_named(statement: Statement, lines: Collection[int]) -> list[ShownLine]:
    """Of these lines those that the statement has."""
    if not lines:
        return []
    rows = _rows(statement, None, "", None, False, len(lines), only=list(lines))
    return list(_shown(statement, rows))


def all_lines(statement: Statement, *, at_once: int = 2_000) -> Iterator[ShownLine]:
    """For files: page after page."""
    edge = None
    while rows := _rows(statement, None, "", edge, False, at_once):
        yield from _shown(statement, rows)
        edge = rows[-1][0]


@dataclass(frozen=True, slots=True)
class ToldEntry:
    entry: Entry
    text: str
    address: str


def told_entries(statement: Statement, row: StatementRow, *, most: int = 50) -> list[ToldEntry]:
    """What a row that is not of orders is made of, the newest first."""
    found = _entries(statement, row, most)
    return [ToldEntry(one, text_of(one), address_of(one)) for one in found]


def _entries(statement: Statement, row: StatementRow, most: int) -> list[Entry]:
    values = floor_of(statement) | {"source": row.source, "part": row.part, "most": most}
    keys = [key for (key,) in asked(ENTRIES, values)]
    found = Entry.objects.select_related("journal").in_bulk(keys)
    entries = [found[key] for key in keys]
    if row.source != Source.TRUE_UP or row.version_id is None:
        return entries
    return [one for one in entries if one.journal.cause_id == str(row.version_id)]


def _rows(
    statement: Statement,
    terms: Collection[str] | None,
    order: str,
    edge: int | None,
    newer: bool,
    most: int,
    only: list[int] | None = None,
) -> list[Any]:
    values = floor_of(statement) | {
        "terms": None if terms is None else list(terms),
        "order": order[:LONGEST].replace("\0", ""),
        "only": only,
        "edge": edge,
        "newer": newer,
        "most": most,
    }
    return asked(LINES.format(way="ASC" if newer else "DESC"), values)


def floor_of(statement: Statement) -> dict[str, Any]:
    before = statement.previous.until_month if statement.previous else None
    return {"statement": statement.pk, "floor": floor_after(before)}


def _shown(statement: Statement, rows: Sequence[Any]) -> Iterator[ShownLine]:
    keys = [row[0] for row in rows]
    known = OrderLine.objects.select_related("merchant", "creator").in_bulk(keys)
    open_lines = DisputedLine.objects.filter(
        line__in=keys, dispute__statement=statement, dispute__status=DisputeStatus.OPEN
    )
    disputed = set(open_lines.values_list("line", flat=True))
    for key, earned, refunded, held, turnover, phases in rows:
        yield ShownLine(
            known[key], turnover, earned, refunded, held, sorted(phases or ()), key in disputed
        )


def _cursor(statement: Statement, newer: bool, edge: int) -> str:
    return signing.dumps([statement.pk, int(newer), edge], salt=SALT)


def _read(cursor: str, statement: Statement) -> tuple[bool, int | None]:
    try:
        said: Sequence[Any] = signing.loads(cursor, salt=SALT) if cursor else (0, 0, None)
    except (signing.BadSignature, ValueError):
        return False, None
    of, newer, edge = said
    return (bool(newer), edge) if of == statement.pk else (False, None)


def asked(query: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
