"""Nine more of everything a world has, written by the database itself: parties with all that hangs
on them, their fairs, orders, journals, notices.

A key is moved: a number by as many billions as the copy counts, a UUID by its hash with that count.
So a row that names another, by a foreign key or in words, names the copy of it. Reference data
(categories, rules, methods, terms) stays as it is. The database is one for measuring: what guards
the truth row by row is taken off first, and what is read is indexed as before.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

COPIES = 9
STEP = 1_000_000_000
SEEDS = ("parties_party", "parties_user", "seats_occasion", "fairs_fair", "ledger_journal")
ALSO = ("core_auditentry", "core_outboxmessage", "notices_notice", "search_entry")
LOOSE = ("object_id", "party_id", "acting_party_id", "cause_id", "ref_id", "subject", "key")
TYPES = {"bigint": f"{{0}} + {STEP} * copy", "uuid": "md5({0}::text || '~' || copy)::uuid"}
COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY c.relname, a.attnum
"""
POINTERS = """
    SELECT con.conrelid::regclass::text, a.attname, con.confrelid::regclass::text
    FROM pg_constraint con
    JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = ANY (con.conkey)
    WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace
"""
GUARDS = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
    FROM pg_constraint
    WHERE contype IN ('f', 'c') AND connamespace = 'public'::regnamespace AND conparentid = 0
"""
TRIGGERS = """
    SELECT DISTINCT format('ALTER TABLE %s DISABLE TRIGGER USER', tgrelid::regclass)
    FROM pg_trigger WHERE NOT tgisinternal
"""
UNIQUE = """
    SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text,
        array_agg(DISTINCT a.attname::text), i.indnullsnotdistinct
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum > 0
    WHERE (i.indisunique OR i.indisexclusion) AND c.relnamespace = 'public'::regnamespace
      AND (a.attnum = ANY (i.indkey) OR EXISTS (
        SELECT FROM pg_depend d WHERE d.objid = i.indexrelid
          AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum))
    GROUP BY 1, 2, i.indnullsnotdistinct
"""
# Taken off for the time, and made again in one go: a row is not looked up in each of them.
INDEXES = """
    SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
    UNION ALL
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
        format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
            pg_get_constraintdef(oid))
    FROM pg_constraint
    WHERE contype IN ('p', 'u', 'x') AND connamespace = 'public'::regnamespace
"""


@dataclass
class Table:
    """moved: columns that hold a key; marked: columns told apart by the number of the copy."""

    name: str
    columns: dict[str, str]
    moved: set[str]
    marked: set[str]

    def copying(self) -> str:
        names = ", ".join(f'"{name}"' for name in self.columns)
        values = ", ".join(self._value(name) for name in self.columns)
        return (
            f"INSERT INTO {self.name} ({names}) OVERRIDING SYSTEM VALUE "  # noqa: S608 - of names
            f"SELECT {values} FROM {self.name}, generate_series(1::bigint, {COPIES}) copy"
        )

    def _value(self, name: str) -> str:
        quoted, kind = f'{self.name}."{name}"', self.columns[name]
        if name in self.marked:  # what is blank is nobody's, and stays it
            return f"CASE {quoted} WHEN '' THEN '' ELSE {quoted} || '~' || copy END"
        if name not in self.moved:
            return quoted
        return TYPES[kind].format(quoted) if kind in TYPES else _in_words(quoted)


def _in_words(column: str) -> str:
    """A key in words: of a number or a UUID, or a word that stays."""
    return (
        f"CASE WHEN {column} ~ '^[0-9]{{1,18}}$' THEN ({column}::bigint + {STEP} * copy)::text"
        f" WHEN {column} ~ '^[0-9a-f-]{{36}}$' THEN (md5({column} || '~' || copy)::uuid)::text"
        f" ELSE {column} END"
    )


def multiply(server: Any) -> None:
    """server: a cursor of the tables' owner, each statement a transaction of its own."""
    tables = list(_plan(server))
    assert {one.name for one in tables} >= set(SEEDS), "what others hang on must be copied"
    for statement in [*_told(server, GUARDS), *_told(server, TRIGGERS)]:
        server.execute(statement)
    server.execute(INDEXES)
    indexes = list(server.fetchall())
    for drop, _make in indexes:
        server.execute(drop)
    for table in tables:
        _timed(table.name, partial(_copy, server, table))
    server.execute("SET maintenance_work_mem = '1GB'")
    for _drop, make in indexes:
        _timed(make, partial(server.execute, make))
    server.execute("VACUUM ANALYZE")


def _timed(what: str, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    work()
    if (took := time.perf_counter() - start) > 5:
        print(f"  {took:.0f} s: {what}", file=sys.stderr, flush=True)


def _copy(server: Any, table: Table) -> None:
    for name in table.marked:
        server.execute(f'ALTER TABLE {table.name} ALTER COLUMN "{name}" TYPE text')
    server.execute(table.copying())


def _told(server: Any, question: str) -> list[str]:
    server.execute(question)
    return [row[0] for row in server.fetchall()]


def _plan(server: Any) -> Iterable[Table]:
    """What hangs on a party, a fair or a journal. A table whose rows could not be told apart (one
    row for each day of the whole site) is left as it is."""
    columns = _columns(server)
    server.execute(POINTERS)
    pointers = [tuple(row) for row in server.fetchall()]
    server.execute(UNIQUE)
    unique = [(of, set(names), is_one) for of, _index, names, is_one in server.fetchall()]
    taken = _taken(pointers)
    for name in sorted(taken):
        moved = {"id"} | {c for t, c, to in pointers if t == name and to in taken}
        moved = {c for c in moved | set(LOOSE) if columns[name].get(c, "") in MOVABLE}
        table = Table(name, columns[name], moved, set())
        if all(_told_apart(table, names, is_one) for of, names, is_one in unique if of == name):
            yield table
        else:
            print(f"  {name} stays as it is", file=sys.stderr)


MOVABLE = ("bigint", "uuid", "text", *(f"character varying({n})" for n in range(1, 301)))


def _columns(server: Any) -> dict[str, dict[str, str]]:
    server.execute(COLUMNS)
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in server.fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _taken(pointers: list[tuple[str, ...]]) -> set[str]:
    """The seeds, and what points at one of them; that somebody is named in a row is not enough."""
    taken = {*SEEDS, *ALSO}
    while True:
        more = {t for t, _c, to in pointers if to in taken and to != "parties_user"} - taken
        if not more:
            return taken
        taken |= more


def _told_apart(table: Table, names: set[str], nulls_are_one: bool) -> bool:
    """By a key that moves, or else by a word that is marked; by both where no key is a key, too."""
    has_key = bool(names & table.moved & {n for n, kind in table.columns.items() if kind in TYPES})
    if has_key and not nulls_are_one:
        return True
    words = [n for n in sorted(names) if table.columns[n] not in TYPES and _is_word(table, n)]
    table.marked.update(words[:1])
    return has_key or bool(words)


def _is_word(table: Table, name: str) -> bool:
    return table.columns[name] == "text" or table.columns[name].startswith("character varying")
