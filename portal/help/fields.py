"""What somebody asks, as a value: the same for page, API and demo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """`page` is the path it was asked from. Name, mail and phone are of who is not signed in.
    `for_party`: asked for the party one speaks for, whose members then read along."""

    topic: str
    text: str
    page: str = ""
    for_party: bool = False
    name: str = ""
    email: str = ""
    phone: str = ""
