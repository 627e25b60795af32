"""JSON whose places are known: each value's line by its path.

Python's own reader forgets where a value stood, keeps the last of two equal keys, and takes NaN.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder

from .faults import Fault, gettext_noop
from .fields import step

DEEPEST = 40
DECODER = JSONDecoder()
BLANKS = re.compile(r"[ \t\n\r]*")
NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][+-]?[0-9]+)?")
WORDS = {"true": True, "false": False, "null": None}
LONGEST_WHOLE = 300  # digits: whatever is longer is beyond a float anyway


@dataclass
class Document:
    """value: as `json.loads` would have it. lines: JSON path → line, from 1. faults: keys that are
    there twice."""

    value: object = None
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line_of(self, path: str) -> int:
        """Of the value, or of the nearest one around what is missing."""
        while path not in self.lines and path:
            path = path[: max(path.rfind("."), path.rfind("["))] if len(path) > 1 else ""
        return self.lines.get(path, 1)


def read_document(text: str) -> Document:
    """Raises JSONDecodeError, which has the line, for what is no JSON."""
    reader = _Reader(text)
    value, end = reader.value(reader.skip(0), "$", 0)
    if end < len(text):
        raise JSONDecodeError("More than one value", text, end)
    reader.document.value = value
    return reader.document


class _Reader:
    """Each method takes a position and gives what it read and the position after it, blanks
    skipped."""

    def __init__(self, text: str) -> None:
        self.text, self.document = text, Document()
        self.line, self.counted = 1, 0

    def skip(self, at: int) -> int:
        match = BLANKS.match(self.text, at)
        return match.end() if match else at

    def value(self, at: int, path: str, depth: int) -> tuple[object, int]:
        if depth > DEEPEST:
            raise JSONDecodeError("Too deep", self.text, at)
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        self.document.lines.setdefault(path, self.line)
        first = self.text[at : at + 1]
        if first == "{":
            return self._object(at, path, depth)
        if first == "[":
            return self._list(at, path, depth)
        if first == '"':
            text, end = DECODER.raw_decode(self.text, at)
            return text, self.skip(end)
        return self._word_or_number(at)

    def _word_or_number(self, at: int) -> tuple[object, int]:
        for word, value in WORDS.items():
            if self.text.startswith(word, at):
                return value, self.skip(at + len(word))
        match = NUMBER.match(self.text, at)
        if match is None:
            raise JSONDecodeError("Expecting value", self.text, at)
        whole, fraction, exponent = match.groups()
        is_whole = not fraction and not exponent and len(whole) < LONGEST_WHOLE
        return int(whole) if is_whole else float(match[0]), self.skip(match.end())

    def _object(self, at: int, path: str, depth: int) -> tuple[dict[str, object], int]:
        found: dict[str, object] = {}
        at = self.skip(at + 1)
        if self.text[at : at + 1] == "}":
            return found, self.skip(at + 1)
        while True:
            if self.text[at : at + 1] != '"':
                raise JSONDecodeError("Expecting a key in double quotes", self.text, at)
            key, at = DECODER.raw_decode(self.text, at)
            at = self._after(":", self.skip(at))
            below = path + step(key)
            if key in found:
                message = gettext_noop("The key “%(key)s” is there twice.")
                self.document.faults.append(Fault(below, "duplicate_key", message, {"key": key}))
            found[key], at = self.value(at, below, depth + 1)
            if self.text[at : at + 1] == "}":
                return found, self.skip(at + 1)
            at = self._after(",", at)

    def _list(self, at: int, path: str, depth: int) -> tuple[list[object], int]:
        found: list[object] = []
        at = self.skip(at + 1)
        if self.text[at : at + 1] == "]":
            return found, self.skip(at + 1)
        while True:
            one, at = self.value(at, f"{path}[{len(found)}]", depth + 1)
            found.append(one)
            if self.text[at : at + 1] == "]":
                return found, self.skip(at + 1)
            at = self._after(",", at)

    def _after(self, mark: str, at: int) -> int:
        if self.text[at : at + 1] != mark:
            raise JSONDecodeError(f"Expecting '{mark}'", self.text, at)
        return self.skip(at + 1)
