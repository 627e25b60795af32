"""File names as people may see them again: one line, no path, no characters that lie."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

MOST = 100
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, direction marks, halves, unassigned
JOINER = "\u200d"  # stands inside emoji of several people


def clean_name(given: str, suffix: str) -> str:
    """`given` without folders, hidden characters and its own suffix, with `suffix` (`.jpg`)."""
    last = given.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in unicodedata.normalize("NFC", last) if _is_shown(char))
    stem = " ".join(PurePath(shown).stem.strip(" .").split())
    return f"{stem[:MOST] or 'file'}{suffix}"


def _is_shown(char: str) -> bool:
    return char == JOINER or (unicodedata.category(char) not in HIDDEN and char not in '<>:"|?*')
