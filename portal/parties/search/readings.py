"""How characters are said."""

from __future__ import annotations

from functools import cache, lru_cache
from unicodedata import normalize

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.seg.simpleseg import seg as words_of

from portal.parties.search.folding import fold, fold_character

Syllables = list[tuple[str, ...]]


def syllables(text: str) -> Syllables:
    """For each character of the folded text, every way it is read. What has no pinyin is read as
    it is written."""
    return [reading for character in text for reading in _of_character(character)]


def sort_key(text: str) -> str:
    """Orders names by the pinyin they have as words: 重庆 stands under chong."""
    return " ".join(said for word in words_of(fold(text)) for said in _of_word(word))


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    """As `lazy_pinyin` reads a whole text, which it cuts into the same words."""
    return tuple(lazy_pinyin(word))


@cache
def known_syllables() -> frozenset[str]:
    """Every syllable that some character is read with: some four hundred."""
    said = {reading for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    return frozenset(syllable for reading in said for syllable in _plain(reading))


def _plain(reading: str) -> set[str]:
    """A reading without its tone. 绿 is typed lv or lu."""
    letters = reading.replace("ü", "v")
    typed = {letters, reading, letters.replace("v", "u")}
    plain = (normalize("NFKD", said).encode("ascii", "ignore").decode() for said in typed)
    return {said for said in plain if said.isalpha()}


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
