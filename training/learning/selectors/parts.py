"""How far an enrolment has come, part by part: the one rule that says whether it is completed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from training.courses.models import Course, Lesson
from training.engine.attendance import Attendance
from training.learning.models import Enrolment, LessonProgress
from training.learning.parts import Part, PartResult, all_parts, register_part
from training.learning.rules.attendance import CORRECTED
from training.learning.selectors.attendance import attendance_by_enrolment
from training.learning.states import PartState


@dataclass(frozen=True, slots=True)
class Progress:
    """Each part that the course asks for, with its result."""

    rows: tuple[tuple[Part, PartResult], ...]

    @property
    def is_met(self) -> bool:
        return all(result.state == PartState.MET for _part, result in self.rows)

    @property
    def told(self) -> list[dict[str, Any]]:
        """As machines read it."""
        return [
            {
                "code": part.code,
                "state": result.state,
                "reached": result.reached,
                "asked": result.asked,
            }
            for part, result in self.rows
        ]

    @property
    def next(self) -> tuple[Part, PartResult] | None:
        """What the learner does next on this site; None: nothing, or others have to."""
        rows = (
            (part, result)
            for part, result in self.rows
            if result.state == PartState.OPEN and result.url and not result.is_waiting
        )
        return next(rows, None)

    @property
    def missed(self) -> Part | None:
        """The first part that can no longer be met."""
        return next((part for part, result in self.rows if result.state == PartState.MISSED), None)

    @property
    def unmet(self) -> Part | None:
        return next((part for part, result in self.rows if result.state != PartState.MET), None)

    @property
    def is_judged(self) -> bool:
        return any(result.is_judged for _part, result in self.rows)

    @property
    def done(self) -> int:
        return sum(result.state == PartState.MET for _part, result in self.rows)


def parts_of(course: Course) -> list[Part]:
    return [part for part in all_parts() if part.asks(course)]


def progress_of(enrolment: Enrolment) -> Progress:
    return progress_of_many([enrolment])[enrolment.pk]


def progress_of_many(enrolments: Sequence[Enrolment]) -> dict[UUID, Progress]:
    """A few queries for each part, however many; with session, course and claim."""
    asked = {one.pk: parts_of(one.session.course) for one in enrolments}
    results: dict[str, Mapping[UUID, PartResult]] = {}
    for part in all_parts():
        asking = [one for one in enrolments if part in asked[one.pk]]
        results[part.code] = part.look(asking) if asking else {}
    return {
        key: Progress(tuple((part, results[part.code][key]) for part in parts))
        for key, parts in asked.items()
    }


# --- lessons --------------------------------------------------------------------------------------


def look_at_lessons(enrolments: Sequence[Enrolment]) -> dict[UUID, PartResult]:
    """Done where one stopped: at the first that is not."""
    courses = {one.session.course_id for one in enrolments}
    asked: dict[int, list[tuple[int, int]]] = {key: [] for key in courses}
    required = Lesson.objects.filter(course__in=courses, is_required=True).order_by("position")
    for course, key, position in required.values_list("course", "pk", "position"):
        asked[course].append((key, position))
    done: dict[UUID, set[int]] = {one.pk: set() for one in enrolments}
    rows = LessonProgress.objects.filter(
        enrolment__in=list(done), lesson__is_required=True, done_at__isnull=False
    )
    for enrolment, lesson in rows.values_list("enrolment", "lesson"):
        done[enrolment].add(lesson)
    return {one.pk: _lessons(one, asked[one.session.course_id], done[one.pk]) for one in enrolments}


def _lessons(enrolment: Enrolment, asked: Sequence[tuple[int, int]], done: set[int]) -> PartResult:
    """`asked`: keys and places of the required lessons, in their order."""
    left = [position for key, position in asked if key not in done]
    course, session = enrolment.session.course, enrolment.session
    url = reverse("lesson_detail", args=[course.code, left[0]]) if left else ""
    missing = PartState.MISSED if clock.now() > session.finishes_until else PartState.OPEN
    return PartResult(
        missing if left else PartState.MET,
        len(asked) - len(left),
        len(asked),
        url or course.get_absolute_url(),
    )


def lesson_minutes(enrolments: Sequence[Enrolment]) -> dict[UUID, tuple[int, int]]:
    """Of the required lessons: minutes done, of minutes in all."""
    courses = {one.session.course_id for one in enrolments}
    required = Lesson.objects.filter(course__in=courses, is_required=True).order_by()
    asked = dict(required.values_list("course").annotate(n=Sum("minutes")))
    done = dict(
        LessonProgress.objects.filter(Q(lesson__is_required=True, done_at__isnull=False))
        .filter(enrolment__in=[one.pk for one in enrolments])
        .order_by()
        .values_list("enrolment")
        .annotate(n=Sum("lesson__minutes"))
    )
    return {
        one.pk: (done.get(one.pk, 0), asked.get(one.session.course_id, 0)) for one in enrolments
    }


# --- attendance -----------------------------------------------------------------------------------


def look_at_attendance(enrolments: Sequence[Enrolment]) -> dict[UUID, PartResult]:
    attended = attendance_by_enrolment(enrolments)
    return {one.pk: _attendance(one, attended[one.pk]) for one in enrolments}


def _attendance(enrolment: Enrolment, attended: Attendance) -> PartResult:
    """Met once it is over, so that every hour counts; missed once the roster has been put right."""
    session, now = enrolment.session, clock.now()
    asked = session.course.least_attendance
    state = PartState.OPEN
    if now >= session.ends_at:
        if attended.percent >= asked:
            state = PartState.MET
        elif now >= session.ends_at + CORRECTED:
            state = PartState.MISSED
    return PartResult(state, attended.percent, asked)


register_part(
    Part(
        code="lessons",
        label=_("Lessons"),
        unit=_("lessons"),
        missed=_("Not all of its lessons were done in time."),
        asks=lambda course: course.needs_lessons,
        look=look_at_lessons,
    )
)
register_part(
    Part(
        code="attendance",
        label=_("Attendance"),
        unit="%",
        missed=_("Less of the planned hours was attended than the course asks for."),
        asks=lambda course: course.least_attendance > 0,
        look=look_at_attendance,
    )
)
