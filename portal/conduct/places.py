"""Where something happened. Parts above name what can be reported from:

    register_place("cooperation", _("Cooperation"), find_cooperation)

`find` gets who asks and a key, and answers only with what that person may see, and knows the sides
of: else a report would tell who is behind it. Kind and key are kept as text, because this part
knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """`title` in words; `url` where those who may open it; the parties that have to do with it."""

    title: str
    url: str
    party_ids: frozenset[int]


Find = Callable[[Actor, str], Place | None]
_places: dict[str, tuple[str | Promise, Find]] = {}


def register_place(kind: str, label: str | Promise, find: Find) -> None:
    _places[kind] = (label, find)


def find_place(actor: Actor, kind: str, key: str) -> Place | None:
    """The thing, if there is one of that kind that this person may see."""
    if kind not in _places:
        return None
    return _places[kind][1](actor, key)


def label_of(kind: str) -> str:
    """What such a thing is called; "" where nothing was named."""
    return str(_places[kind][0]) if kind in _places else ""
