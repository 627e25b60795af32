"""What the index keeps of a profile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.parties.search.folding import fold
from portal.parties.search.readings import Syllables, sort_key, syllables
from portal.parties.search.tokens import initial_grams, pinyin_grams, text_grams, tokens

SORT_KEY = 120
BETWEEN = "'|"  # a character that nobody types: no initials reach over it


@dataclass(frozen=True, slots=True)
class Entry:
    """`text`: the folded names, one a line. `readings`: each character of the short name behind a
    "'", its readings with "," between them; those of further names behind `BETWEEN`. `tokens`:
    sorted."""

    text: str
    readings: str
    sort_key: str
    tokens: list[int]


def entry_of(kind: str, name: str, registered_name: str = "", others: Iterable[str] = ()) -> Entry:
    """The entry of a profile. Pinyin is kept of the short name and of `others` (its brands), text
    of all."""
    others = list(others)
    spoken = [syllables(one) for one in (name, *others)]
    texts = [text for text in map(fold, (name, registered_name, *others)) if text]
    grams = {gram for text in texts for gram in text_grams(text)}
    for one in spoken:
        grams.update(initial_grams(one), pinyin_grams(one))
    return Entry(
        text="\n".join(texts),
        readings=BETWEEN.join(map(written, spoken)),
        sort_key=sort_key(name)[:SORT_KEY],
        tokens=sorted(tokens(kind, grams)),
    )


def written(spoken: Syllables) -> str:
    """Readings as `Term.pattern` expects them."""
    return "".join(f"'{','.join(readings)}" for readings in spoken)
