"""How characters are said."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

from pypinyin import Style, lazy_pinyin, pinyin

from portal.parties.search.folding import fold, fold_character

Syllables = list[tuple[str, ...]]


def syllables(text: str) -> Syllables:
    """For each character of the folded text, every way it is read. What has no pinyin is read as
    it is written."""
    return [reading for character in text for reading in _of_character(character)]


def sort_key(text: str) -> str:
    """Orders names by the pinyin they have as words: 重庆 stands under chong."""
    return " ".join(lazy_pinyin(fold(text)))


@cache
def _of_character(character: str) -> tuple[tuple[str, ...], ...]:
    folded = fold_character(character)
    if len(folded) != 1:
        return tuple((piece,) for piece in folded)
    said = _pinyin(folded) | _pinyin(character)  # 乾 is gan when simplified to 干, and qian itself
    return (tuple(sorted(said)) or (folded,),)


def _pinyin(character: str) -> set[str]:
    if character.isascii():
        return set()
    found = pinyin(character, Style.NORMAL, heteronym=True, errors="ignore")
    said = (reading for readings in found for reading in readings)
    plain = {normalize("NFKD", reading).encode("ascii", "ignore").decode() for reading in said}
    plain |= {reading.replace("v", "u") for reading in plain}  # 绿 is typed lv or lu
    return {reading for reading in plain if reading.isalpha()}
