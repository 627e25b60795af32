"""What a query asks of the index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from portal.parties.search.entry import written
from portal.parties.search.folding import fold
from portal.parties.search.readings import known_syllables, syllables
from portal.parties.search.tokens import LONGEST, tokens

MOST_TERMS, MOST_LETTERS = 6, 40
MOST_CUTS, LONGEST_SYLLABLE = 12, 6
SHORTEST_NAME, SHORTEST_LATIN_NAME = 2, 4
CITY_SUFFIX = "市"  # said or left out behind a city's name
LATIN = re.compile(r"[a-z0-9]+")

# In `Entry.readings`: to the start of a reading of the character that begins here; from the end of
# a reading, or from anywhere in it, to the start of a reading of the next one.
START = "'(?:[^',]*,)*"
NEXT = "(?:(?:,[^']*)?" + START + ")"
NEXT_FROM_ANYWHERE = "[^']*" + START


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query. A row may match if it has all tokens of one of `ways`; it does match if
    its text contains `text` or its readings match the regular expression `pattern`."""

    text: str
    ways: tuple[frozenset[int], ...]
    pattern: str

    def names(self, name: str) -> bool:
        """Whether this word is a piece of `name`, or of its pinyin. Very short ones say too little:
        who types yun looks for 云帆, not for every 运营."""
        if len(self.text) < (SHORTEST_LATIN_NAME if self.pattern else SHORTEST_NAME):
            return False
        if self.text in fold(name):
            return True
        return bool(self.pattern) and bool(re.search(self.pattern, _spoken(name)))


@lru_cache(maxsize=4096)  # cities, categories, services: each search goes through all of them
def _spoken(name: str) -> str:
    return written(syllables(name))


def terms_of(kind: str, query: str) -> list[Term]:
    """The words of a query, all of which a row must match."""
    folded = (fold(word)[:MOST_LETTERS] for word in query.split())
    words = list(dict.fromkeys(word for word in folded if word))[:MOST_TERMS]
    return [_term(kind, word) for word in words]


def _term(kind: str, word: str) -> Term:
    ways = dict.fromkeys(frozenset(tokens(kind, grams)) for grams in _ways(word))
    return Term(word, tuple(ways), _pattern(word) if LATIN.fullmatch(word) else "")


def _ways(word: str) -> Iterator[list[str]]:
    yield _pieces(word, 2)
    if not LATIN.fullmatch(word):
        return
    yield [f"'{piece}" for piece in _pieces(word, 2)]
    if len(word) <= LONGEST:
        yield from [[f"^{word}"]] if len(word) > 1 else []
        return
    # In a name with letters or digits; then each way in which the word is pinyin alone.
    yield [f"^{word[:LONGEST]}", *(f"~{piece}" for piece in _pieces(word[1:], LONGEST))]
    yield from map(_spelled, _cuts(word))


def _cuts(word: str) -> list[tuple[str, ...]]:
    """Every way to cut a word into whole syllables and the beginning of one more. Of a word that
    can be cut in very many ways, its beginning has to say enough."""
    whole: list[list[tuple[str, ...]]] = [[()]]
    enough: list[tuple[str, ...]] = []
    for end in range(1, len(word) + 1):
        cuts = [
            (piece, (*cut, piece))
            for start in range(max(0, end - LONGEST_SYLLABLE), end)
            if (piece := word[start:end]) in _beginnings()
            for cut in whole[start]
        ]
        if not cuts:
            return []
        if len(cuts) > MOST_CUTS:
            break
        whole.append([cut for piece, cut in cuts if piece in known_syllables()])
        enough = [cut for _piece, cut in cuts]
    return enough


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(s[:length] for s in known_syllables() for length in range(1, len(s) + 1))


def _spelled(cut: tuple[str, ...]) -> list[str]:
    """The pieces of a name in which these syllables are neighbours; the last may be unfinished."""
    *whole, last = cut
    if not whole:
        return [f"^{last}"]
    pairs = [f"={left}'{right}" for left, right in pairwise(whole)]
    head = [f"^{last}"] if len(last) > 1 else []
    return [*pairs, f"-{whole[-1]}'{last[0]}", *head]


def _pieces(word: str, length: int) -> list[str]:
    """Its pieces of this length; a shorter word is one piece."""
    return [word[i : i + length] for i in range(max(1, len(word) - length + 1))]


def _pattern(word: str) -> str:
    """Matches readings in which `word` is pinyin from the start of a character on, or the initials
    of neighbours. `word` is of letters and digits only, so nothing in it needs escaping."""
    return f"{START}(?:{f'{NEXT}?'.join(word)}|{NEXT_FROM_ANYWHERE.join(word)})"


def cut_at_names(text: str, names: tuple[str, ...]) -> list[str]:
    """A folded text as the longest pieces of these names, from left to right, and what stands
    between them; the text alone if no name has a piece in it."""
    known = _pieces_of(names)
    parts, between, start = [], "", 0
    while start < len(text):
        longest = max(
            (
                end
                for end in range(start + SHORTEST_NAME, len(text) + 1)
                if text[start:end] in known
            ),
            default=0,
        )
        if longest:
            parts += [between, text[start:longest]] if between else [text[start:longest]]
            between, start = "", longest
        else:
            between, start = between + text[start], start + 1
    return [*parts, between] if between else parts


@lru_cache(maxsize=16)
def _pieces_of(names: tuple[str, ...]) -> frozenset[str]:
    """Every piece of at least two characters."""
    return frozenset(
        name[start:end]
        for name in map(fold, names)
        for start in range(len(name))
        for end in range(start + SHORTEST_NAME, len(name) + 1)
    )
