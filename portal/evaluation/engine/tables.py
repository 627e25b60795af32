"""Reading the files of figures: every fault with its line, all of them at once."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Mapping, Sequence

import numpy as np

from portal.core.textfiles.tables import Table

from .indicators import FloatArray
from .method import Method

INDICATOR_COLUMNS = ("party", "indicator", "value", "sample_size")
PARTY_COLUMNS = ("party", "segment")
GATE_COLUMNS = ("party", "gate")
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # a cell may have several lines
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


class Figures(Table):
    """A table with figures in it."""

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


def read_indicators(table: Figures, method: Method, segments: Mapping[str, str] | None) -> Found:
    """segments: of all parties there may be, None for any."""
    found, column_of = Found(), {code: at for at, code in enumerate(method.codes)}
    for line, (party, code, value, sample) in table.rows():
        if not party or party not in found.parties:  # a file names each many times
            _check_name(table, line, "party", party)
        if party and segments is not None and party not in segments:
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


def _check_name(table: Table, line: int, column: str, text: str) -> None:
    """It is written out again, so it holds nothing that cannot be seen."""
    if not text:
        table.fault(line, f"{column}: empty")
    elif CONTROL.search(text):
        table.fault(line, f"{column}: {text!r} has control characters")


def read_parties(table: Table) -> dict[str, str]:
    """party → segment."""
    segments: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, (party, segment) in table.rows():
        _check_name(table, line, "party", party)
        if party and (earlier := lines.setdefault(party, line)) != line:
            table.fault(line, f"duplicate row: {party} stands on line {earlier}")
        _check_name(table, line, "segment", segment)
        segments[party] = segment
    return segments


def read_gates(table: Table, method: Method, parties: set[str] | None) -> dict[str, set[str]]:
    """party → codes. parties: those there are, None where that is not known."""
    gates: dict[str, set[str]] = {}
    known = {gate.code for gate in method.gates}
    lines: dict[tuple[str, str], int] = {}
    for line, (party, code) in table.rows():
        if parties is None:
            _check_name(table, line, "party", party)
        elif party not in parties:
            table.fault(line, f"unknown party {party!r}")
        if code not in known:
            table.fault(line, f"unknown gate {code!r}")
        if (earlier := lines.setdefault((party, code), line)) != line:
            table.fault(line, f"duplicate row: {party}, {code} stands on line {earlier}")
        gates.setdefault(party, set()).add(code)
    return gates
