"""A document's text as blocks a template can show without trusting it: headings, points,
paragraphs; and what changed between two texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

HEADING, POINT = "## ", "- "
ALIKE = 0.5  # paragraphs less alike are one gone and one new, not a change


@dataclass(frozen=True, slots=True)
class Block:
    """`kind`: heading, points or paragraph. Points have `items`, the others `text`."""

    kind: str
    text: str = ""
    items: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line: the same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either text: same, added, removed, or changed (with its pieces)."""

    kind: str
    pieces: list[Piece]


def blocks_of(text: str) -> Iterator[Block]:
    points: list[str] = []
    for line in [*_lines(text), ""]:
        if line.startswith(POINT):
            points.append(line.removeprefix(POINT))
            continue
        if points:
            yield Block("points", items=points)
            points = []
        if line.startswith(HEADING):
            yield Block("heading", line.removeprefix(HEADING))
        elif line:
            yield Block("paragraph", line)


def differences(old: str, new: str) -> Iterator[Line]:
    """The new text line by line, with what went and what came; without the marks of headings and
    points."""
    before, after = _plain(old), _plain(new)
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Line("same", [Piece("same", line)]) for line in after[c:d])
        else:
            yield from _changed(before[a:b], after[c:d])


def _changed(gone: list[str], come: list[str]) -> Iterator[Line]:
    """Lines that stand in the same place and are alike are one changed line."""
    pairs = list(zip(gone, come, strict=False))
    for old, new in pairs:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        if matcher.ratio() >= ALIKE:
            yield Line("changed", list(_pieces(matcher, old, new)))
        else:
            yield Line("removed", [Piece("removed", old)])
            yield Line("added", [Piece("added", new)])
    yield from (Line("removed", [Piece("removed", line)]) for line in gone[len(pairs) :])
    yield from (Line("added", [Piece("added", line)]) for line in come[len(pairs) :])


def _pieces(matcher: SequenceMatcher[str], old: str, new: str) -> Iterator[Piece]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", new[c:d])
            continue
        if b > a:
            yield Piece("removed", old[a:b])
        if d > c:
            yield Piece("added", new[c:d])


def _plain(text: str) -> list[str]:
    return [line.removeprefix(HEADING).removeprefix(POINT) for line in _lines(text)]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
