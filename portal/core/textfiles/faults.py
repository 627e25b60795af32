"""What is wrong with a document, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


def gettext_noop(message: str) -> str:
    """Marks a sentence for the catalogue; whoever shows a fault translates its `message`."""
    return message


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one place.

    path: the JSON path of the place, `$.dimensions[0].indicators[2].lower`.
    code: a word that stays the same when the sentence is put better.
    message: an English sentence with %-places for `params`, a msgid of the catalogue.
    """

    path: str
    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path}: {self.message % self.params}"


class Faults(ValueError):
    """A document that is not what it should be; `faults` has everything wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
