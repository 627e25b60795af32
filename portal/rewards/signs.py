"""Who looks for signs that something is odd about a claim: parts register their finders here.

register_signs(finder)   # claims → by claim, the signs that are over their threshold
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.rewards.models import Claim


@dataclass(frozen=True, slots=True)
class Found:
    """`code`: of a published formula; `of`: how many orders or records it was reckoned from."""

    code: str
    value: int
    threshold: int
    of: int = 0


Finder = Callable[[Sequence[Claim]], dict[UUID, list[Found]]]
_finders: list[Finder] = []


def register_signs(finder: Finder) -> Finder:
    _finders.append(finder)
    return finder


def signs_of(claims: Sequence[Claim]) -> dict[UUID, list[Found]]:
    found: dict[UUID, list[Found]] = {}
    for finder in _finders:
        for key, signs in finder(claims).items():
            found.setdefault(key, []).extend(signs)
    return found
