"""Reading the files of figures: every fault with its line, all of them at once."""

from __future__ import annotations

import csv
import io
import math
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .indicators import FloatArray
from .method import Method

INDICATOR_COLUMNS = ("party", "indicator", "value", "sample_size")
PARTY_COLUMNS = ("party", "segment")
GATE_COLUMNS = ("party", "gate")
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


@dataclass
class Table:
    """A CSV file in UTF-8, with or without a byte-order mark."""

    name: str
    raw: bytes
    columns: Sequence[str]
    _faults: list[tuple[int, str]] = field(default_factory=list)

    def fault(self, line: int, reason: str) -> None:
        self._faults.append((line, reason))

    @property
    def faults(self) -> list[str]:
        """To be shown, in the order of the lines."""
        ordered = sorted(self._faults, key=lambda fault: fault[0])
        return [f"{self.name}:{line}: {reason}" for line, reason in ordered]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of `columns`, in that order, for each row that has something in it."""
        if not self._is_text():
            return
        lines = self._lines()
        header = next(lines, (1, []))
        places = self._places(*header)
        if places is None:
            return
        width = len(header[1])
        for line, cells in lines:
            if len(cells) > width:
                self.fault(line, f"{len(cells)} cells where the header has {width}")
            else:
                cells += [""] * (width - len(cells))
                yield line, [cells[place] for place in places]

    def _is_text(self) -> bool:
        try:
            self.raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.raw.count(b"\n", 0, error.start) + 1
            self.fault(line, f"wrong encoding: byte 0x{self.raw[error.start]:02x} is not UTF-8")
            return False
        return True

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """The line each record begins on, and its cells without the blanks around them."""
        text = io.TextIOWrapper(io.BytesIO(self.raw), encoding="utf-8-sig", newline="")
        reader = csv.reader(text, strict=True)
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

    def number(self, line: int, column: str, text: str) -> float:
        """NaN, and a fault, for what is no finite number."""
        is_number = NUMBER.fullmatch(text) is not None
        if is_number and math.isfinite(number := float(text)):
            return number
        if is_number or NOT_FINITE.fullmatch(text):
            self.fault(line, f"{column}: {text} is not finite")
        else:
            self.fault(line, f"{column}: {text!r} is not a number" if text else f"{column}: empty")
        return math.nan


class Found:
    """The rows of a file of indicators, in compact columns: a file may have millions.

    parties: whoever has a row, and their number in the order of the file. places: of each row, its
    party's number × the indicators + the indicator's.
    """

    def __init__(self) -> None:
        self.parties: dict[str, int] = {}
        self.lines, self.places = array("q"), array("q")
        self.values, self.samples = array("d"), array("d")

    def figures(self, parties: Sequence[str], columns: int) -> tuple[FloatArray, FloatArray]:
        """Values and samples (parties, columns), NaN where there is none."""
        row_of = {party: row for row, party in enumerate(parties)}
        rows = np.array([row_of[party] for party in self.parties], dtype=np.int64)
        number, column = np.divmod(np.array(self.places, dtype=np.int64), columns)
        figures = np.full((2, len(parties), columns), np.nan)
        figures[0, rows[number], column] = self.values
        figures[1, rows[number], column] = self.samples
        return figures[0], figures[1]


def read_indicators(table: Table, method: Method, segments: Mapping[str, str] | None) -> Found:
    """segments: of all parties there may be, None for any."""
    found, column_of = Found(), {code: at for at, code in enumerate(method.codes)}
    for line, (party, code, value, sample) in table.rows():
        if not party:
            table.fault(line, "party: empty")
        elif segments is not None and party not in segments:
            table.fault(line, f"party {party} is not in the file of parties")
        number = table.number(line, "value", value)
        size = table.number(line, "sample_size", sample) if sample else math.nan
        if size < 0:
            table.fault(line, f"sample_size: {sample} is below zero")
        at = found.parties.setdefault(party, len(found.parties))
        if code not in column_of:
            table.fault(line, f"unknown indicator {code!r}")
            continue
        found.places.append(at * len(column_of) + column_of[code])
        found.lines.append(line)
        found.values.append(number)
        found.samples.append(size)
    _refuse_duplicates(table, method, found)
    return found


def _refuse_duplicates(table: Table, method: Method, found: Found) -> None:
    places, lines = np.array(found.places, dtype=np.int64), found.lines
    _, first = np.unique(places, return_index=True)
    if len(first) == len(places):
        return
    first_line = {int(places[at]): lines[at] for at in first}
    parties = list(found.parties)
    for at in sorted(set(range(len(places))) - set(first.tolist())):
        number, column = divmod(int(places[at]), len(method.codes))
        earlier = first_line[int(places[at])]
        what = f"{parties[number]}, {method.codes[column]}"
        table.fault(lines[at], f"duplicate row: {what} stands on line {earlier}")


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
