"""From files to a file: what the command `evaluate` does, without a database."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from json import JSONDecodeError
from pathlib import Path

from .documents import Document, read_document
from .faults import MethodFaults
from .indicators import ONE_SEGMENT, Indicators
from .method import Method
from .reading import parse_method
from .scores import evaluate
from .tables import (
    GATE_COLUMNS,
    INDICATOR_COLUMNS,
    PARTY_COLUMNS,
    Table,
    read_gates,
    read_indicators,
    read_parties,
)
from .writing import scores_csv


class Refused(Exception):
    """Files that cannot be scored; `lines` say why, each with its file."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def evaluate_files(
    method: Path, data: Path, out: Path, *, parties: Path | None = None, gates: Path | None = None
) -> int:
    """Writes the scores of the parties, and gives their number. Raises Refused before anything is
    written: first for files that cannot be opened, then for the method, then for the figures."""
    given = {"method": method, "data": data, "parties": parties, "gates": gates}
    paths = {what: path for what, path in given.items() if path is not None}
    raw, faults = _opened(paths)
    faults += _faults_of_target(out, list(paths.values()))
    if faults:
        raise Refused(faults)
    read = read_method(method, raw["method"])
    scores = evaluate(read, _read_figures(read, paths, raw))
    _write(out, scores_csv(scores))
    return len(scores.parties)


def read_method(path: Path, raw: bytes) -> Method:
    """Raises Refused."""
    try:
        document = read_document(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = raw[error.start]
        raise Refused([f"{path}:{line}: wrong encoding: byte 0x{byte:02x} is not UTF-8"]) from None
    except JSONDecodeError as error:
        raise Refused([f"{path}:{error.lineno}: not JSON: {error.msg}"]) from None
    return _method_of(path, document)


def _method_of(path: Path, document: Document) -> Method:
    faults = list(document.faults)
    try:
        method = parse_method(document.value)
    except MethodFaults as error:
        faults += error.faults
    if faults:
        raise Refused([f"{path}:{document.line_of(one.path)}: {one}" for one in faults])
    return method


def _read_figures(method: Method, paths: dict[str, Path], raw: dict[str, bytes]) -> Indicators:
    tables = {
        what: Table(str(paths[what]), raw[what], columns)
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


def _opened(paths: dict[str, Path]) -> tuple[dict[str, bytes], list[str]]:
    raw: dict[str, bytes] = {}
    faults = []
    for what, path in paths.items():
        try:
            raw[what] = path.read_bytes()
        except OSError as error:
            faults.append(f"{path}: {error.strerror or error}")
    return raw, faults


def _faults_of_target(out: Path, sources: list[Path]) -> list[str]:
    try:
        if out.exists() and not out.is_file():
            return [f"{out}: not a file that can be written"]
        if not out.parent.is_dir():
            return [f"{out}: no such folder"]
        if out.exists() and any(path.exists() and out.samefile(path) for path in sources):
            return [f"{out}: would replace one of the files it is made of"]
    except OSError as error:  # a name that is too long, say
        return [f"{out}: {error.strerror or error}"]
    return []


def _write(out: Path, text: str) -> None:
    """Whole or not at all: beside the target first, then in its place."""
    beside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out)
    except OSError as error:
        raise Refused([f"{out}: {error.strerror or error}"]) from None
    finally:
        with suppress(OSError):
            beside.unlink()
