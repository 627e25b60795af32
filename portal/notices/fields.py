"""What people choose, as values: the same for page, API and demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be told of a topic. `mail`: now, digest or off."""

    topic: str
    mail: str
    sms: bool = False
    bot: bool = True


@dataclass(frozen=True, slots=True)
class BotFields:
    """A chat bot to be. `for_party`: of the party one speaks for, told of the named topics; else
    one's own, which follows one's choices."""

    kind: str
    name: str
    url: str
    secret: str = ""
    for_party: bool = False
    topics: Sequence[str] = ()
