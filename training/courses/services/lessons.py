"""Lessons: written, changed, put in order."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from training.courses import rules
from training.courses.fields import LessonFields
from training.courses.models import Course, Lesson
from training.courses.services.courses import lock_course

NAMES = ("title_zh", "title_en", "text_zh", "text_en", "minutes", "is_required")


@transaction.atomic
def add_lesson(actor: Actor, *, course: Course, fields: LessonFields) -> Lesson:
    """The last of its course."""
    course = lock_course(course)
    rules.can_change_lessons(actor, course).require()
    rules.lesson_is_sound(fields).require()
    last = course.lessons.aggregate(last=Max("position"))["last"] or 0
    if last >= rules.MOST_LESSONS:
        raise Refused(conflict(_("A course has up to 40 lessons.")))
    lesson = Lesson(course=course, position=last + 1)
    _write(lesson, fields)
    audit.record(actor, "add_lesson", lesson, after={"course": course.code})
    return lesson


@transaction.atomic
def change_lesson(actor: Actor, *, lesson: Lesson, fields: LessonFields) -> Lesson:
    course = lock_course(lesson.course)
    rules.can_change_lessons(actor, course).require()
    rules.lesson_is_sound(fields).require()
    lesson = Lesson.objects.select_related("course").get(pk=lesson.pk)
    before = {name: getattr(lesson, name) for name in NAMES}
    _write(lesson, fields)
    changed = [name for name in NAMES if before[name] != getattr(lesson, name)]
    audit.record(
        actor,
        "change_lesson",
        lesson,
        before={name: before[name] for name in changed},
        after={name: getattr(lesson, name) for name in changed},
    )
    return lesson


@transaction.atomic
def move_lesson(actor: Actor, *, lesson: Lesson, position: int) -> Lesson:
    """To this place; the others close up."""
    course = lock_course(lesson.course)
    rules.can_change_lessons(actor, course).require()
    rows = list(course.lessons.order_by("position"))
    if not 1 <= position <= len(rows):
        raise Refused(flawless([Flaw("position", _("There is no such place."))]))
    moved = next(row for row in rows if row.pk == lesson.pk)
    before = moved.position
    rows.remove(moved)
    rows.insert(position - 1, moved)
    for place, row in enumerate(rows, start=1):
        row.position = place
    Lesson.objects.bulk_update(rows, ["position"])
    audit.record(
        actor, "move_lesson", moved, before={"position": before}, after={"position": position}
    )
    return moved


def _write(lesson: Lesson, fields: LessonFields) -> None:
    for name in NAMES:
        value = getattr(fields, name)
        setattr(lesson, name, value.strip() if isinstance(value, str) else value)
    lesson.save()
