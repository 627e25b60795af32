"""Files that are handed in together, and the one that is made of them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from json import JSONDecodeError
from pathlib import Path
from typing import TypeVar

from .documents import read_document
from .faults import Faults

Read = TypeVar("Read")


class Refused(Exception):
    """Files that nothing can be made of; `lines` say why, each with its file."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


def open_files(paths: Mapping[str, Path], out: Path) -> dict[str, bytes]:
    """Name → what is in the file. Raises Refused for what cannot be opened, and for a target that
    cannot be written or is one of them."""
    raw, faults = _opened(paths)
    faults += _faults_of_target(out, list(paths.values()))
    if faults:
        raise Refused(faults)
    return raw


def read_json(path: Path, raw: bytes, parse: Callable[[object], Read]) -> Read:
    """What `parse` makes of the document; it raises Faults. Raises Refused, each with its line."""
    try:
        document = read_document(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = raw[error.start]
        raise Refused([f"{path}:{line}: wrong encoding: byte 0x{byte:02x} is not UTF-8"]) from None
    except JSONDecodeError as error:
        raise Refused([f"{path}:{error.lineno}: not JSON: {error.msg}"]) from None
    faults = list(document.faults)
    try:
        found = parse(document.value)
    except Faults as error:
        faults += error.faults
    if faults:
        raise Refused([f"{path}:{document.line_of(one.path)}: {one}" for one in faults])
    return found


def _opened(paths: Mapping[str, Path]) -> tuple[dict[str, bytes], list[str]]:
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


def write_whole(out: Path, pieces: Iterable[str]) -> None:
    """Whole or not at all: beside the target first, then in its place."""
    beside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("x", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out)
    except OSError as error:
        raise Refused([f"{out}: {error.strerror or error}"]) from None
    finally:
        with suppress(OSError):
            beside.unlink()
