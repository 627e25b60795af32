"""Reading the files of figures: every fault with its line, all of them at once."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .method import Method

INDICATOR_COLUMNS = ("party", "indicator", "value", "sample_size")
PARTY_COLUMNS = ("party", "segment")
GATE_COLUMNS = ("party", "gate")
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


@dataclass
class Table:
    """A CSV file in UTF-8, with or without a byte-order mark; `faults` are lines to be shown."""

    name: str
    raw: bytes
    columns: Sequence[str]
    faults: list[str] = field(default_factory=list)

    def fault(self, line: int, reason: str) -> None:
        self.faults.append(f"{self.name}:{line}: {reason}")

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of `columns`, in that order, for each row that has something in it."""
        text = self._text()
        if text is None:
            return
        lines = self._lines(text)
        header = next(lines, (1, []))
        places = self._places(*header)
        if places is None:
            return
        for line, cells in lines:
            if len(cells) > len(header[1]):
                self.fault(line, f"{len(cells)} cells where the header has {len(header[1])}")
            else:
                cells += [""] * (len(header[1]) - len(cells))
                yield line, [cells[place] for place in places]

    def _text(self) -> str | None:
        try:
            return self.raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.raw.count(b"\n", 0, error.start) + 1
            self.fault(line, f"wrong encoding: byte 0x{self.raw[error.start]:02x} is not UTF-8")
            return None

    def _lines(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """The line each record begins on, and its cells without the blanks around them."""
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        while True:
            begins = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                self.fault(begins, f"not CSV: {error}")
                return
            if cells is None:
                return
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield begins, cells

    def _places(self, line: int, header: list[str]) -> list[int] | None:
        missing = [column for column in self.columns if column not in header]
        twice = [column for column in self.columns if header.count(column) > 1]
        for column in missing:
            self.fault(line, f"missing column {column}")
        for column in twice:
            self.fault(line, f"column {column} is there twice")
        return None if missing or twice else [header.index(column) for column in self.columns]

    def number(self, line: int, column: str, text: str) -> float | None:
        """None, and a fault, for what is no finite number."""
        if NOT_FINITE.fullmatch(text):
            self.fault(line, f"{column}: {text} is not finite")
        elif not NUMBER.fullmatch(text):
            self.fault(line, f"{column}: {text!r} is not a number" if text else f"{column}: empty")
        elif math.isinf(float(text)):
            self.fault(line, f"{column}: {text} is not finite")
        else:
            return float(text)
        return None


@dataclass
class Found:
    """Of the indicators file: value and sample by (party, indicator), and the line of each."""

    values: dict[tuple[str, str], tuple[float, float | None]] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    parties: set[str] = field(default_factory=set)


def read_indicators(table: Table, method: Method, segments: Mapping[str, str] | None) -> Found:
    """segments: of all parties there may be, None for any."""
    found, known = Found(), set(method.codes)
    for line, (party, code, value, sample) in table.rows():
        if not party:
            table.fault(line, "party: empty")
        elif segments is not None and party not in segments:
            table.fault(line, f"party {party} is not in the file of parties")
        if code not in known:
            table.fault(line, f"unknown indicator {code!r}")
        elif (earlier := found.lines.setdefault((party, code), line)) != line:
            table.fault(line, f"duplicate row: {party}, {code} stands on line {earlier}")
        number = table.number(line, "value", value)
        size = table.number(line, "sample_size", sample) if sample else None
        if size is not None and size < 0:
            table.fault(line, f"sample_size: {sample} is below zero")
        found.parties.add(party)
        if number is not None:
            found.values[party, code] = number, size
    return found


def read_parties(table: Table) -> dict[str, str]:
    """party → segment."""
    segments: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, (party, segment) in table.rows():
        if not party:
            table.fault(line, "party: empty")
        elif (earlier := lines.setdefault(party, line)) != line:
            table.fault(line, f"duplicate row: {party} stands on line {earlier}")
        if not segment:
            table.fault(line, "segment: empty")
        segments[party] = segment
    return segments


def read_gates(table: Table, method: Method, parties: set[str] | None) -> dict[str, set[str]]:
    """party → codes. parties: those there are, None where that is not known."""
    gates: dict[str, set[str]] = {}
    known = {gate.code for gate in method.gates}
    lines: dict[tuple[str, str], int] = {}
    for line, (party, code) in table.rows():
        if parties is not None and party not in parties:
            table.fault(line, f"unknown party {party!r}")
        if code not in known:
            table.fault(line, f"unknown gate {code!r}")
        if (earlier := lines.setdefault((party, code), line)) != line:
            table.fault(line, f"duplicate row: {party}, {code} stands on line {earlier}")
        gates.setdefault(party, set()).add(code)
    return gates
