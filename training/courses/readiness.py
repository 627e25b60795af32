"""What else a course needs before it is published: the part that holds it says so."""

from __future__ import annotations

from collections.abc import Callable

from portal.core.verdict import ALLOWED, Verdict
from training.courses.models import Course

Judge = Callable[[Course], Verdict]
_judges: list[Judge] = []


def register_readiness(judge: Judge) -> Judge:
    """Asked when a course is published, and when a published one changes."""
    _judges.append(judge)
    return judge


def course_is_ready(course: Course) -> Verdict:
    """The first sentence of what is missing."""
    return next((verdict for judge in _judges if not (verdict := judge(course))), ALLOWED)
