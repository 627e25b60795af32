"""A course's lessons with what one person has done of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core import clock
from portal.core.actor import Actor
from training.courses.models import Course, Lesson
from training.learning import rules
from training.learning.models import Enrolment, LessonProgress
from training.learning.states import Outcome


@dataclass(frozen=True, slots=True)
class LessonRow:
    lesson: Lesson
    is_done: bool
    is_open: bool  # to read


@dataclass(frozen=True, slots=True)
class Reader:
    """`enrolment`: the one whose progress counts, where there is a seat; None: a visitor, who
    reads the first lesson to see what the course is like."""

    enrolment: Enrolment | None
    rows: Sequence[LessonRow]

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def percent(self) -> int:
        return 100 * self.done // len(self.rows) if self.rows else 0

    @property
    def next(self) -> Lesson | None:
        """The first that is not done yet."""
        return next((row.lesson for row in self.rows if row.is_open and not row.is_done), None)


def reader_of(actor: Actor, course: Course) -> Reader:
    """Texts are left out: a page that shows one asks for it."""
    enrolment = _study_of(actor, course)
    done = (
        set(
            LessonProgress.objects.filter(enrolment=enrolment, done_at__isnull=False).values_list(
                "lesson", flat=True
            )
        )
        if enrolment
        else set()
    )
    reads = enrolment is not None and bool(rules.can_read_in(enrolment, clock.now()))
    reads = reads or actor.has_perm("courses.run_training")
    lessons = course.lessons.defer("text_zh", "text_en").order_by("position")
    rows = [
        LessonRow(lesson, lesson.pk in done, reads or lesson.position == 1) for lesson in lessons
    ]
    for row in rows:
        row.lesson.course = course
    return Reader(enrolment, rows)


def _study_of(actor: Actor, course: Course) -> Enrolment | None:
    """One's own with a seat: the one that still runs, else the newest that was completed."""
    if actor.user_id is None:
        return None
    rows = Enrolment.objects.seated().filter(learner__user=actor.user_id, session__course=course)
    found = list(rows.whole().order_by("-claim__submitted_at"))
    running = next((one for one in found if one.outcome == Outcome.NONE), None)
    return running or (found[0] if found else None)
