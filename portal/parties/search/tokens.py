"""The tokens of the index: 31-bit hashes of short pieces. Facets have the negative numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise, product
from zlib import crc32

from portal.parties.search.readings import Syllables

LONGEST = 3  # letters of a piece of pinyin


def text_grams(text: str) -> Iterator[str]:
    """Every character and every pair of neighbours of a folded text."""
    yield from text
    yield from map("".join, pairwise(text))


def initial_grams(spoken: Syllables) -> Iterator[str]:
    """First letters, and those of neighbours: `'y` and `'yf` of 云帆."""
    initials = [{reading[0] for reading in readings} for readings in spoken]
    for letters in initials:
        yield from (f"'{letter}" for letter in letters)
    for pair in pairwise(initials):
        yield from (f"'{left}{right}" for left, right in product(*pair))


def pinyin_grams(spoken: Syllables) -> Iterator[str]:
    """What pinyin begins with at each character (`^yu`, `^yun`), and every three letters of it
    anywhere (`~unf`), along each combination of readings."""
    for place in range(len(spoken)):
        yield from _grams_from(tuple(spoken[place : place + LONGEST]))


@lru_cache(maxsize=50_000)
def _grams_from(spoken: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The pieces of pinyin that begin in the first of these characters."""
    heads = [f"^{head}" for length in (2, LONGEST) for head in _heads(spoken, length)]
    anywhere = [
        f"~{left}{rest}"
        for reading in spoken[0]
        for left in (reading[start : start + LONGEST] for start in range(len(reading)))
        for rest in _heads(spoken[1:], LONGEST - len(left))
    ]
    return (*heads, *anywhere)


def _heads(spoken: tuple[tuple[str, ...], ...], length: int) -> set[str]:
    """The first `length` letters of every reading of these characters; none if there are fewer."""
    if not length or not spoken:
        return set() if length else {""}
    lefts = {reading[:length] for reading in spoken[0]}
    return {left + rest for left in lefts for rest in _heads(spoken[1:], length - len(left))}


def tokens(kind: str, grams: Iterable[str]) -> set[int]:
    """Each kind of party has tokens of its own, so that one index serves four directories."""
    salt = crc32(kind.encode())
    return {crc32(gram.encode(), salt) & 0x7FFFFFFF for gram in grams}
