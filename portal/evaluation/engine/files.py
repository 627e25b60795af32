"""From files to a file: what the command `evaluate` does, without a database."""

from __future__ import annotations

from pathlib import Path

from portal.core.textfiles.handed_in import Refused, open_files, read_json, write_whole

from .indicators import ONE_SEGMENT, Indicators
from .method import Method
from .reading import parse_method
from .scores import evaluate
from .tables import (
    GATE_COLUMNS,
    INDICATOR_COLUMNS,
    PARTY_COLUMNS,
    Figures,
    read_gates,
    read_indicators,
    read_parties,
)
from .writing import scores_csv


def evaluate_files(
    method: Path, data: Path, out: Path, *, parties: Path | None = None, gates: Path | None = None
) -> int:
    """Writes the scores of the parties, and gives their number. Raises Refused before anything is
    written: first for files that cannot be opened, then for the method, then for the figures."""
    given = {"method": method, "data": data, "parties": parties, "gates": gates}
    paths = {what: path for what, path in given.items() if path is not None}
    raw = open_files(paths, out)
    read = read_json(method, raw["method"], parse_method)
    scores = evaluate(read, _read_figures(read, paths, raw))
    write_whole(out, [scores_csv(scores)])
    return len(scores.parties)


def _read_figures(method: Method, paths: dict[str, Path], raw: dict[str, bytes]) -> Indicators:
    tables = {
        what: Figures(str(paths[what]), raw[what], columns)
        for what, columns in (
            ("parties", PARTY_COLUMNS),
            ("data", INDICATOR_COLUMNS),
            ("gates", GATE_COLUMNS),
        )
        if what in paths
    }
    segments = read_parties(tables["parties"]) if "parties" in tables else None
    # In a file of parties that is wrong somebody may be missing for that reason alone.
    is_sound = "parties" not in tables or not tables["parties"].faults
    found = read_indicators(tables["data"], method, segments if is_sound else None)
    if segments is None:
        segments = dict.fromkeys(found.parties, ONE_SEGMENT)
        is_sound = not tables["data"].faults
    known = set(segments) if is_sound else None
    gates = read_gates(tables["gates"], method, known) if "gates" in tables else {}
    faults = [fault for table in tables.values() for fault in table.faults]
    if faults:
        raise Refused(faults)
    order = tuple(sorted(segments))
    values, samples = found.figures(order, len(method.codes))
    return Indicators(
        parties=order,
        segments=tuple(segments[party] for party in order),
        codes=method.codes,
        values=values,
        samples=samples,
        applies=tuple(segments[party] for party in order),
        gates={party: frozenset(codes) for party, codes in gates.items()},
    )
