"""The tokens of the index: 31-bit hashes of short pieces. Facets have the negative numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise, product
from zlib import crc32

from portal.parties.search.readings import Syllables, known_syllables

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
    """What pinyin begins with at each character, along each combination of readings.

    `^yu`, `^yun`, `^yunf`: the first two and three letters, and more of one reading alone.
    Where every character has pinyin: `=yun'fan` and `-yun'f`, a whole syllable before the next one
    or its initial. In a name with letters or digits nobody knows where a syllable ends; there every
    three letters are a piece, wherever they begin (`~unf`).
    """
    is_pinyin = all(known_syllables().issuperset(readings) for readings in spoken)
    rest = _pairs if is_pinyin else _anywhere
    for place in range(len(spoken)):
        window = tuple(spoken[place : place + LONGEST])
        yield from _heads_from(window)
        yield from rest(window)


Window = tuple[tuple[str, ...], ...]


@lru_cache(maxsize=50_000)
def _heads_from(window: Window) -> tuple[str, ...]:
    """What pinyin begins with in the first of these characters."""
    heads = [f"^{head}" for length in (2, LONGEST) for head in _heads(window, length)]
    longer = [
        f"^{reading[:length]}"
        for reading in window[0]
        for length in range(LONGEST + 1, len(reading) + 1)
    ]
    return (*heads, *longer)


def _pairs(window: Window) -> Iterator[str]:
    for left, right in product(*window[:2]) if len(window) > 1 else ():
        yield f"={left}'{right}"
        yield f"-{left}'{right[0]}"


@lru_cache(maxsize=50_000)
def _anywhere(window: Window) -> tuple[str, ...]:
    """Every three letters that begin in the first of these characters."""
    return tuple(
        f"~{left}{rest}"
        for reading in window[0]
        for left in (reading[start : start + LONGEST] for start in range(len(reading)))
        for rest in _heads(window[1:], LONGEST - len(left))
    )


def _heads(spoken: Window, length: int) -> set[str]:
    """The first `length` letters of every reading of these characters; none if there are fewer."""
    if not length or not spoken:
        return set() if length else {""}
    lefts = {reading[:length] for reading in spoken[0]}
    return {left + rest for left in lefts for rest in _heads(spoken[1:], length - len(left))}


def tokens(kind: str, grams: Iterable[str]) -> set[int]:
    """Each kind of party has tokens of its own, so that one index serves four directories."""
    salt = crc32(kind.encode())
    return {crc32(gram.encode(), salt) & 0x7FFFFFFF for gram in grams}
