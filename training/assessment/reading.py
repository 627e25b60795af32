"""What people type of a question: letters of options, lines."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

LETTERS = "ABCDEFGH"


def letters(cell: str) -> tuple[int, ...]:
    """Places of options named by letters: A, “A,C”, AC."""
    found = re.sub(r"[\s,，、;；]+", "", cell).upper()
    if not found or any(one not in LETTERS for one in found):
        raise ValueError(_("Name the right options, such as A or A,C."))
    return tuple(LETTERS.index(one) for one in found)


def in_letters(places: list[int]) -> str:
    return ",".join(LETTERS[place] for place in sorted(places))


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
