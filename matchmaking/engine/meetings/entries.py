"""Lists of entries that name a party of each side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.core.textfiles.fields import Fields, is_text

from .fair import Id
from .faults import gettext_noop

Places = Mapping[Id, int]
Couple = tuple[int, int]


def list_of(fields: Fields, key: str) -> Sequence[object]:
    """A list that may be left out."""
    value = fields.get(key)
    if value is None:
        return ()
    if isinstance(value, list):
        return value
    fields.fault(key, "type", gettext_noop("This must be a list."))
    return ()


def id_of(fields: Fields, key: str) -> Id | None:
    """A text that can be written again, or a whole number."""
    if not fields.present(key, True):
        return None
    value = fields.values[key]
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value and is_text(value):
        return value
    fields.fault(key, "type", gettext_noop("This must be text or a whole number."))
    return None


@dataclass(frozen=True)
class Entries:
    """places: of the ids of each side. is_sound: False where ids may be missing from them for
    another fault's sake."""

    fields: Fields
    places: tuple[Places, Places]
    is_sound: bool

    def couples(self, key: str, keys: Sequence[str]) -> Iterator[tuple[Fields, Couple]]:
        """Each entry whose two parties are known."""
        for at, one in enumerate(list_of(self.fields, key)):
            place = self.fields.place(key, at)
            entry = Fields.of(one, place, keys, self.fields.faults)
            couple = None if entry is None else self._couple(entry)
            if entry is not None and couple is not None:
                yield entry, couple

    def _couple(self, entry: Fields) -> Couple | None:
        ends = [
            self._party(entry, key, places)
            for key, places in zip(("left", "right"), self.places, strict=True)
        ]
        return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])

    def _party(self, entry: Fields, key: str, places: Places) -> int | None:
        name = id_of(entry, key)
        if name is None:
            return None
        if name not in places and self.is_sound:
            message = gettext_noop("There is no “%(id)s” on this side.")
            entry.fault(key, "unknown", message, id=name)
        return places.get(name)
