"""Texts as they are compared: by the search, and where forbidden words are looked for.

Folding works character by character: whatever is cut out of a text, its folded form is cut out of
the folded text. That is why every piece of a name finds it. Plain Python, without Django.
"""

from __future__ import annotations

from functools import cache
from unicodedata import category, normalize

from opencc import OpenCC

KEPT = "LNS"  # letters, numbers, symbols; "小满·厨房" is also found without its point
_to_simplified = OpenCC("t2s")


def fold(text: str) -> str:
    """Full width, case, accents, traditional characters, spaces and punctuation do not matter."""
    return "".join(fold_character(character) for character in text)


@cache
def fold_character(character: str) -> str:
    """What one character becomes: usually one, "" for a space, several for a ligature."""
    plain = normalize("NFKD", normalize("NFKD", character).casefold())
    return "".join(_simplified(c) for c in plain if category(c)[0] in KEPT)


def _simplified(character: str) -> str:
    return str(_to_simplified.convert(character))
