"""The first list of words, loaded with the reference data; the operators' to change."""

from __future__ import annotations

import csv
from pathlib import Path

from portal.core import clock
from portal.core.actor import Actor
from portal.moderation.engine.matching import folded
from portal.moderation.models import Word

FILE = Path(__file__).parent / "words.csv"


def load_words(actor: Actor) -> int:
    """Add the listed words that are missing. Returns how many were."""
    known = set(Word.objects.values_list("folded", flat=True))
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = {folded(row["text"]): row for row in csv.DictReader(file)}
    now = clock.now()
    new = [Word(**row, folded=key, changed_at=now) for key, row in rows.items() if key not in known]
    return len(Word.objects.bulk_create(new))
