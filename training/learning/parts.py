"""The parts that completing a course is made of, and who knows how far each has come.

Lessons and attendance are known here; who knows of another part says so by `register_part`, and
page, API, judgement and notices follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from training.courses.models import Course
from training.learning.models import Enrolment
from training.learning.states import PartState


@dataclass(frozen=True, slots=True)
class PartResult:
    """`reached` of `asked`, in the unit of the part, such as lessons or percent. `url`: where it is
    done; empty where it is not done on this site. `is_judged`: the learner has done it and others
    judge it; the course's last day waits for them. `is_waiting`: nothing is to be done at the
    moment, for others have to or its hour has not come."""

    state: PartState
    reached: int = 0
    asked: int = 0
    url: str = ""
    is_judged: bool = False
    is_waiting: bool = False


Asks = Callable[[Course], bool]
Look = Callable[[Sequence[Enrolment]], Mapping[UUID, PartResult]]


@dataclass(frozen=True, slots=True)
class Part:
    """`look` is asked for many enrolments at once, all of courses that ask for the part. `missed`:
    the reason that a failed enrolment shows."""

    code: str
    label: str | Promise
    unit: str | Promise
    missed: str | Promise
    asks: Asks
    look: Look


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """In the order that the pages show them."""
    _parts[part.code] = part


def all_parts() -> list[Part]:
    return list(_parts.values())


def reason_in_words(code: str) -> str:
    """Of a failed enrolment, whose reason is the code of the part that it missed."""
    part = _parts.get(code)
    return str(part.missed) if part else code
