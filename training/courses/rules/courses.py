"""Who writes courses, and what makes one sound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.parties.states import PartyKind
from training.courses.fields import CourseFields, LessonFields
from training.courses.models import Course
from training.courses.readiness import course_is_ready
from training.courses.states import COURSE_TRANSITIONS, CourseKind, CourseStatus, Level, Topic

MOST_LESSONS = 40
MOST_MINUTES = 6_000
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LENGTHS = {  # the most characters of each text
    "title_zh": 60,
    "title_en": 120,
    "summary_zh": 600,
    "summary_en": 1200,
    "outcomes_zh": 600,
    "outcomes_en": 1200,
}


def can_run_training(actor: Actor) -> Verdict:
    if actor.has_perm("courses.run_training"):
        return ALLOWED
    return forbidden(_("Only operators of the training do this."))


def can_bring_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the system writes down what was before."))


def can_change_course(actor: Actor, course: Course) -> Verdict:
    if not (verdict := can_run_training(actor)):
        return verdict
    if course.status == CourseStatus.ARCHIVED:
        return conflict(_("This course is archived; publish it again to change it."))
    return ALLOWED


def can_change_lessons(actor: Actor, course: Course) -> Verdict:
    return can_change_course(actor, course)


def can_add_material(actor: Actor, course: Course) -> Verdict:
    return can_change_course(actor, course)


def can_publish_course(actor: Actor, course: Course) -> Verdict:
    if not (verdict := can_run_training(actor)):
        return verdict
    if CourseStatus.PUBLISHED not in COURSE_TRANSITIONS[course.status]:
        return conflict(_("This course is published already."))
    if course.needs_lessons and not course.lessons.filter(is_required=True).exists():
        return unmet(_("It asks for its lessons: write at least one that is required."))
    return course_is_ready(course)


def can_archive_course(actor: Actor, course: Course) -> Verdict:
    if not (verdict := can_run_training(actor)):
        return verdict
    if CourseStatus.ARCHIVED not in COURSE_TRANSITIONS[course.status]:
        return conflict(_("Only a published course is archived."))
    return ALLOWED


def can_read_lessons(actor: Actor, course: Course, is_enrolled: bool) -> Verdict:
    """The first one shows everybody what the course is like; the others are for who is in it."""
    if is_enrolled or can_run_training(actor):
        return ALLOWED
    return forbidden(_("Enrol to read this lesson."))


def course_is_sound(fields: CourseFields) -> Verdict:
    return flawless(flaws_of_course(fields))


def flaws_of_course(fields: CourseFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title_zh", "title_en")
    if not CODE.fullmatch(fields.code) or len(fields.code) > 40:
        yield Flaw("code", _("Small letters, digits and hyphens, up to 40 characters."))
    for name, most in LENGTHS.items():
        if not 1 <= len(getattr(fields, name).strip()) <= most:
            yield Flaw(name, _("From 1 to %(n)s characters.") % {"n": most})
    yield from _flaws_of_choices(fields)
    if not 1 <= fields.planned_minutes <= MOST_MINUTES:
        yield Flaw("planned_minutes", _("From 1 to 6,000 minutes."))
    if not 0 <= fields.least_attendance <= 100:
        yield Flaw("least_attendance", _("From 0 to 100 percent."))
    if fields.kind == CourseKind.OPEN and fields.least_attendance:
        yield Flaw("least_attendance", _("At one's own pace nobody attends; leave it at 0."))
    if fields.certificate_months is not None and not 1 <= fields.certificate_months <= 120:
        yield Flaw("certificate_months", _("From 1 to 120 months, or none."))
    if not any(
        (
            fields.needs_lessons,
            fields.least_attendance,
            fields.needs_quiz,
            fields.needs_assignment,
        )
    ):
        yield Flaw("needs_lessons", _("Say what completing it takes: at least one thing."))


def _flaws_of_choices(fields: CourseFields) -> Iterator[Flaw]:
    if fields.kind not in CourseKind.values:
        yield Flaw("kind", _("Choose one of the kinds."))
    if fields.level not in Level.values:
        yield Flaw("level", _("Choose one of the levels."))
    if not fields.audience or not set(fields.audience) <= set(PartyKind.values):
        yield Flaw("audience", _("Choose at least one role."))
    if not fields.topics or not set(fields.topics) <= set(Topic.values):
        yield Flaw("topics", _("Choose at least one topic."))
    if len(set(fields.indicators)) != len(fields.indicators):
        yield Flaw("indicators", _("Each of them once."))


def lesson_is_sound(fields: LessonFields) -> Verdict:
    return flawless(flaws_of_lesson(fields))


def flaws_of_lesson(fields: LessonFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title_zh", "title_en")
    for name, most in (
        *(("title_zh", 60), ("title_en", 120)),
        *(("text_zh", 20_000), ("text_en", 40_000)),
    ):
        if not 1 <= len(getattr(fields, name).strip()) <= most:
            yield Flaw(name, _("From 1 to %(n)s characters.") % {"n": most})
    if not 1 <= fields.minutes <= 600:
        yield Flaw("minutes", _("From 1 to 600 minutes."))
