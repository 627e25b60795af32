"""What the part that owns a door knows of the cooperations that came through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from portal.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where the two sides write to each other, and how much the acting one has not read."""

    url: str
    unread: int


Finder = Callable[[Actor, Cooperation], Conversation | None]
_finders: dict[str, Finder] = {}


def register_conversation(door: Door, finder: Finder) -> None:
    _finders[door] = finder


def conversation_of(actor: Actor, cooperation: Cooperation) -> Conversation | None:
    """None where the door has none, or the actor is of neither side."""
    finder = _finders.get(cooperation.door)
    return finder(actor, cooperation) if finder else None
