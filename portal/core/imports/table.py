"""A file as rows of one kind: its header understood, its cells made values, its faults named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.imports.kinds import Column, ImportKind, Row, Values, folded
from portal.core.models import StoredFile
from portal.core.sheets import Line, Unreadable, read_sheet

FAULT_HEADER = "What is wrong"  # our own error file adds this column; uploaded again it is ignored
FAULT_HEADERS = frozenset({folded(FAULT_HEADER), "错误原因"})


@dataclass(frozen=True, slots=True)
class Fault:
    line: int
    field: str
    value: str
    sentence: str


@dataclass(slots=True)
class Batch:
    """Some rows: those that are good, and what is wrong with the others."""

    good: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    size: int = 0

    @property
    def bad(self) -> int:
        return len({fault.line for fault in self.faults})


class Table:
    """Reads a file once, from the top. Raises `Unreadable` with what to do about it."""

    def __init__(self, kind: ImportKind, source: IO[bytes], file: StoredFile) -> None:
        self.kind = kind
        self.ignored: list[str] = []
        self._lines = read_sheet(source, file.content_type)
        self._columns: list[Column | None] = []
        self._seen: dict[tuple[Any, ...], int] = {}

    def read_header(self) -> None:
        header = next(self._lines, None)
        if header is None:
            raise Unreadable(_("This file is empty. Start from the template."))
        self._columns = [self.kind.column_of(name) if name else None for name in header.cells]
        found = [column for column in self._columns if column is not None]
        missing = [c for c in self.kind.columns if c.required and c not in found]
        twice = {column.name: column for column in found if found.count(column) > 1}
        if missing:
            raise Unreadable(self._expectation(missing, header))
        if twice:
            names = ", ".join(str(column.label) for column in twice.values())
            raise Unreadable(_("A column stands twice: %(names)s.") % {"names": names})
        self.ignored = [
            name[:60]
            for name, column in zip(header.cells, self._columns, strict=True)
            if name and column is None and folded(name) not in FAULT_HEADERS
        ]

    def batches(self, actor: Actor, *, skip: int = 0, ask: bool = True) -> Iterator[Batch]:
        """The rows after the first `skip`, a batch at a time, checked by the kind if asked."""
        count = 0
        while lines := list(islice(self._lines, self.kind.at_once)):
            count += len(lines)
            if count > self.kind.most_rows:
                most = {"most": f"{self.kind.most_rows:,}"}
                raise Unreadable(
                    _("A file may have %(most)s rows at most. Split it into several.") % most
                )
            batch = self._batch_of(lines)
            if count <= skip:  # read again only to know what stood there
                continue
            if ask:
                self.ask_kind(actor, batch)
            yield batch

    def _expectation(self, missing: Sequence[Column], header: Line) -> str:
        return _(
            "The first line must name the columns. Missing: %(missing)s. Found: %(found)s. "
            "Start from the template."
        ) % {
            "missing": ", ".join(str(column.label) for column in missing),
            "found": ", ".join(name[:30] for name in header.cells[:20] if name) or "—",
        }

    def _batch_of(self, lines: Sequence[Line]) -> Batch:
        batch = Batch(size=len(lines))
        for line in lines:
            values, faults = self._values_of(line)
            faults += self._repetition(line, values) if not faults else []
            if faults:
                batch.faults += faults
            else:
                batch.good.append(Row(line.number, values))
        return batch

    def _values_of(self, line: Line) -> tuple[Values, list[Fault]]:
        values: Values = {column.name: None for column in self.kind.columns}
        faults: list[Fault] = []
        cells = dict(self._cells(line))
        for column in self.kind.columns:
            cell = cells.get(column.name, "")
            try:
                values[column.name] = value_of(column, cell)
            except ValueError as error:
                faults.append(Fault(line.number, column.name, cell, str(error)))
        return values, faults

    def _cells(self, line: Line) -> Iterator[tuple[str, str]]:
        for column, cell in zip(self._columns, line.cells, strict=False):
            if column is not None:
                yield column.name, cell

    def _repetition(self, line: Line, values: Values) -> list[Fault]:
        """The same key further up in this file."""
        if not self.kind.key:
            return []
        key = tuple(values[name] for name in self.kind.key)
        first = self._seen.setdefault(key, line.number)
        if first == line.number:
            return []
        sentence = _("The same as line %(line)s. Keep one of them.") % {"line": first}
        shown = " · ".join(str(part) for part in key)
        return [Fault(line.number, self.kind.key[-1], shown, sentence)]

    def ask_kind(self, actor: Actor, batch: Batch) -> None:
        """Move what it finds wrong from the good rows to the faults."""
        if not batch.good:
            return
        by_line = {row.line: row for row in batch.good}
        found = [
            Fault(line, flaw.field, _shown(by_line[line], flaw.field), str(flaw.sentence))
            for line, flaw in self.kind.check(actor, batch.good)
        ]
        wrong = {fault.line for fault in found}
        batch.good = [row for row in batch.good if row.line not in wrong]
        batch.faults += found


def value_of(column: Column, cell: str) -> Any:
    """Raises ValueError with the sentence the person reads."""
    if not cell.isprintable() and any(map(_is_control, cell)):
        raise ValueError(_("There are invisible control characters in this cell. Type it again."))
    if cell:
        return column.parse(cell)
    if column.required:
        raise ValueError(_("Please fill this in."))
    return None


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\r\t"


def _shown(row: Row, name: str) -> str:
    value = row.values.get(name)
    return "" if value is None else str(value)
