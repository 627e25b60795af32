"""What the index keeps of a profile."""

from __future__ import annotations

from dataclasses import dataclass

from portal.parties.search.folding import fold
from portal.parties.search.readings import Syllables, sort_key, syllables
from portal.parties.search.tokens import initial_grams, pinyin_grams, text_grams, tokens

SORT_KEY = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """`text`: the folded names, one a line. `readings`: each character of the short name behind a
    "'", its readings with "," between them. `tokens`: sorted."""

    text: str
    readings: str
    sort_key: str
    tokens: list[int]


def entry_of(kind: str, name: str, registered_name: str = "") -> Entry:
    """The entry of a profile. Pinyin is kept of the short name, text of both."""
    spoken = syllables(name)
    texts = [text for text in (fold(name), fold(registered_name)) if text]
    grams = {gram for text in texts for gram in text_grams(text)}
    grams.update(initial_grams(spoken), pinyin_grams(spoken))
    return Entry(
        text="\n".join(texts),
        readings=written(spoken),
        sort_key=sort_key(name)[:SORT_KEY],
        tokens=sorted(tokens(kind, grams)),
    )


def written(spoken: Syllables) -> str:
    """Readings as `Term.pattern` expects them."""
    return "".join(f"'{','.join(readings)}" for readings in spoken)
