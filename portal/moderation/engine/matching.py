"""Finding words in a text however they are written: plain Python.

Text and words are folded (width, case, traditional characters, spaces, zero-width and punctuation
do not matter). One compiled expression of all words says whether there is anything at all, as in
most texts there is not; then each place walks a trie of the words for the longest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from portal.core.folding import fold_character

Trie = dict[str, Any]  # a character leads to another trie, END to an entry

# Eleven digits of a mobile, or a landline with its area code.
PHONE = re.compile(r"(?:86)?1[3-9][0-9]{9}|0[1-9][0-9]{8,10}")
DIGITS = re.compile(r"[0-9]{10,}")
NOTHING = "(?!)"  # an expression that no text meets
END = ""  # the key of a trie's node under which the word that ends there stands


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed word: what is looked for, and what it is called where it is found."""

    text: str
    category: str
    level: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed word in a text: the entry, and the characters of the text it covers."""

    entry: Entry
    start: int
    end: int


class Matcher:
    """Finds `entries` in texts. A hit that lies within an allowed phrase is none."""

    def __init__(self, entries: Iterable[Entry], allowed: Iterable[str], phone: Entry) -> None:
        words = {folded(entry.text): entry for entry in entries}
        words.pop("", None)
        self._any = re.compile("|".join(map(re.escape, words)) or NOTHING)
        self._words = _trie(words)
        self._allowed = _trie({folded(text): Entry(text, "", "") for text in allowed})
        self._phone = phone

    def find(self, text: str) -> list[Hit]:
        """Every listed word in `text`, in the order of their places; the longest at each place."""
        plain = folded(text)
        if not (self._any.search(plain) or DIGITS.search(plain)):
            return []
        plain, origin = _folded_with_origin(text)
        spared = list(_walk(self._allowed, plain))
        found = [
            *_walk(self._words, plain),
            *((m.start(), m.end(), self._phone) for m in _phones(plain)),
        ]
        return [
            Hit(entry, origin[start], origin[end - 1] + 1)
            for start, end, entry in sorted(found, key=lambda hit: hit[:2])
            if not any(a <= start and end <= b for a, b, _phrase in spared)
        ]


def _phones(plain: str) -> Iterator[re.Match[str]]:
    """Runs of digits that are a number as a whole."""
    return (run for run in DIGITS.finditer(plain) if PHONE.fullmatch(run[0]))


class _Kept(dict[int, str]):
    """What each character becomes, filled as texts are read; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        """Letters and numbers only: a star between two characters hides nothing."""
        kept = "".join(c for c in fold_character(chr(code)) if category(c)[0] in "LN")
        self[code] = kept
        return kept


_kept = _Kept()


def folded(text: str) -> str:
    return text.translate(_kept)


def _folded_with_origin(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place it came from."""
    pieces, origin = [], []
    for place, character in enumerate(text):
        kept = _kept[ord(character)]
        pieces.append(kept)
        origin += [place] * len(kept)
    return "".join(pieces), origin


def _trie(words: dict[str, Entry]) -> Trie:
    root: Trie = {}
    for word, entry in words.items():
        if not word:
            continue
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[END] = entry
    return root


def _walk(trie: Trie, text: str) -> Iterator[tuple[int, int, Entry]]:
    """The longest word that begins at each place."""
    size = len(text)
    for start in range(size):
        node, place, last = trie.get(text[start]), start + 1, None
        while node is not None:
            if END in node:
                last = (start, place, node[END])
            node = node.get(text[place]) if place < size else None
            place += 1
        if last is not None:
            yield last
