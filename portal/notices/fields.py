"""What people choose, as values: the same for page, API and demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


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


@dataclass(frozen=True, slots=True)
class AnnouncementFields:
    """What operators tell. No audience: everybody. `url`: a path of this site or an https address.
    Texts may be empty where the title says it all, in both languages alike."""

    title_zh: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    text_zh: str = ""
    text_en: str = ""
    weight: str = "info"
    audience: Sequence[str] = ()
    url: str = ""
