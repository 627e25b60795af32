"""What somebody typed into the search, and what it could mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from unicodedata import normalize
from urllib.parse import urlencode

from django.urls import reverse

from portal.core import clock
from portal.parties.search import fold

LONGEST = 80
NUMBER = re.compile(r"([A-Z]{1,3})?-?(?:(\d{4})-)?(\d{1,15})")
DIGITS_ALONE = 3  # fewer are a piece of a name rather than a number


@dataclass(frozen=True, slots=True)
class Number:
    """XQ-2026-00012 taken apart; who leaves the letters or the year out means any."""

    letters: str
    year: int | None
    key: int

    def is_of(self, letters: str, *, has_year: bool) -> bool:
        """Whether rows with these letters could have it; without letters they have no numbers."""
        is_theirs = bool(letters) and self.letters in ("", letters)
        return is_theirs and (has_year or self.year is None)

    def within(self, column: str) -> dict[str, datetime]:
        """As a filter: made in the number's year, in Shanghai."""
        if self.year is None:
            return {}
        begin, end = (datetime(y, 1, 1, tzinfo=clock.SHANGHAI) for y in (self.year, self.year + 1))
        return {f"{column}__gte": begin, f"{column}__lt": end}


@dataclass(frozen=True)
class Said:
    """The words as typed, without what no text holds."""

    text: str

    @classmethod
    def of(cls, typed: str) -> Said:
        return cls(" ".join(typed.replace("\0", "").split())[:LONGEST])

    @property
    def is_empty(self) -> bool:
        return not self.text

    @cached_property
    def is_short(self) -> bool:
        """One Chinese character says something; a single letter, or none at all, does not."""
        folded = fold(self.text)
        return len(folded) < 2 and (not folded or folded.isascii())

    @property
    def address(self) -> str:
        """The page that shows what is found."""
        return f"{reverse('search')}?{urlencode({'q': self.text})}"

    @property
    def is_asked(self) -> bool:
        return not (self.is_empty or self.is_short)

    @cached_property
    def number(self) -> Number | None:
        found = NUMBER.fullmatch(normalize("NFKC", self.text).upper())
        if found is None:
            return None
        letters, year, key = found.groups(default="")
        if not letters and len(key) < DIGITS_ALONE:
            return None
        is_year = bool(year) and 2000 <= int(year) < 3000
        return Number(letters, int(year), int(key)) if is_year else _plain(letters, year, key)


def _plain(letters: str, year: str, key: str) -> Number | None:
    return None if year else Number(letters, None, int(key))
