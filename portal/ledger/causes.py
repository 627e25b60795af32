"""What journals are caused by. Apps above name their parts and where they are shown:

register_cause("order_event", Cause(part=title_of, text=sentence_of, address=address_of_event))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.ledger.models import Entry


@dataclass(frozen=True, slots=True)
class Cause:
    """`part`: a leg's part in words. `text`: what a journal says of itself, as a sentence in the
    reader's language. `address`: the page of a cause by its id, without a query."""

    part: Callable[[str], str]
    address: Callable[[str], str]
    text: Callable[[str], str] = str


_causes: dict[str, Cause] = {}


def register_cause(name: str, cause: Cause) -> None:
    _causes[name] = cause


def part_of(entry: Entry) -> str:
    cause = _causes.get(entry.journal.cause_type)
    return cause.part(entry.part) if cause and entry.part else entry.part


def text_of(entry: Entry) -> str:
    journal = entry.journal
    cause = _causes.get(journal.cause_type)
    return (cause.text(journal.text) if cause else journal.text) or journal.key


def address_of(entry: Entry) -> str:
    """Where what caused it is shown; empty where nobody said."""
    cause = _causes.get(entry.journal.cause_type)
    return cause.address(entry.journal.cause_id) if cause else ""
