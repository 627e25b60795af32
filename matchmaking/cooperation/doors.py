"""The doors that cooperations come through, as the parts that own them tell.

A part registers its door from its app's `ready()`: what the record behind a cooperation is called
and where it is read, where the two sides write to each other, and what the sources are called that
a return is reported of (needs, posts, fairs).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from portal.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where the two sides write to each other, and how much the acting one has not read."""

    url: str
    unread: int


@dataclass(frozen=True, slots=True)
class DoorRecord:
    """Something of the part that owns a door, as a link."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Through:
    """The door a cooperation comes through: `ref`, the record that was accepted there, once a
    door; `source`, what that record answered, of which several may be accepted."""

    door: Door
    ref: str
    source: str = ""


ConversationFinder = Callable[[Actor, Cooperation], Conversation | None]
RecordFinder = Callable[[Actor, Cooperation], DoorRecord | None]
SourceFinder = Callable[[Actor, Sequence[str]], Mapping[str, DoorRecord]]
Closer = Callable[[Actor, Cooperation], None]


@dataclass(frozen=True, slots=True)
class _Owner:
    record: RecordFinder
    conversation: ConversationFinder | None
    sources: SourceFinder | None
    close: Closer | None
    follow: Closer | None


_owners: dict[str, _Owner] = {}


def register_door(
    door: Door,
    *,
    record: RecordFinder,
    conversation: ConversationFinder | None = None,
    sources: SourceFinder | None = None,
    close: Closer | None = None,
    follow: Closer | None = None,
) -> None:
    """`record`, `conversation`: None where the actor may not read it. `sources`: those of these
    keys the actor may read, by key. `close`: what the door does once the cooperation has ended;
    `follow`: what it does then, and each time the day of the end moves."""
    _owners[door] = _Owner(record, conversation, sources, close, follow)


def close_behind(actor: Actor, cooperation: Cooperation) -> None:
    """The cooperation has ended: so has what it came of."""
    owner = _owners.get(cooperation.door)
    if owner and owner.close:
        owner.close(actor, cooperation)
    follow_end(actor, cooperation)


def follow_end(actor: Actor, cooperation: Cooperation) -> None:
    """The cooperation ends on another day than it did: so does what was promised with it."""
    owner = _owners.get(cooperation.door)
    if owner and owner.follow:
        owner.follow(actor, cooperation)


def conversation_of(actor: Actor, cooperation: Cooperation) -> Conversation | None:
    """None where the door has none, or the actor is of neither side."""
    owner = _owners.get(cooperation.door)
    return owner.conversation(actor, cooperation) if owner and owner.conversation else None


def record_of(actor: Actor, cooperation: Cooperation) -> DoorRecord | None:
    """What was accepted, to be opened from the cooperation's page."""
    owner = _owners.get(cooperation.door)
    return owner.record(actor, cooperation) if owner else None


def sources_of(actor: Actor, door: str, keys: Sequence[str]) -> Mapping[str, DoorRecord]:
    owner = _owners.get(door)
    return owner.sources(actor, keys) if owner and owner.sources else {}
