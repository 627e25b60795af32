"""Courses as they are offered: written and published before the year they are held in."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from portal.core import clock, outbox
from portal.parties.demo import DEMO, World
from training.courses import services
from training.courses.demo.texts import CourseText, LessonText, course_texts
from training.courses.fields import CourseFields, LessonFields
from training.courses.states import CourseKind

WRITTEN = 470  # days ago
ATTENDS = 75  # percent of the planned hours


@transaction.atomic
def make_courses(world: World) -> None:
    texts = course_texts()
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=WRITTEN)):
        services.bring_courses(
            DEMO,
            brought=[(_fields(text), [_lesson(one) for one in text.lessons]) for text in texts],
            needs=[(text.code, code) for text in texts for code in text.several("needs")],
        )


def _lesson(lesson: LessonText) -> LessonFields:
    return LessonFields(
        title_zh=lesson.title_zh,
        title_en=lesson.title_en,
        text_zh=lesson.text_zh,
        text_en=lesson.text_en,
        minutes=lesson.minutes,
    )


def _fields(text: CourseText) -> CourseFields:
    words = text.words
    is_open = words["kind"] == CourseKind.OPEN
    certificate = words.get("certificate")
    return CourseFields(
        code=text.code,
        kind=words["kind"],
        title_zh=words["zh"],
        title_en=words["en"],
        summary_zh=words["about-zh"],
        summary_en=words["about-en"],
        outcomes_zh=text.lines("can-zh"),
        outcomes_en=text.lines("can-en"),
        audience=text.several("for"),
        level=words["level"],
        topics=text.several("topics"),
        planned_minutes=sum(one.minutes for one in text.lessons)
        if is_open
        else int(words["minutes"]),
        indicators=text.several("lifts"),
        needs_lessons=is_open,
        needs_quiz="quiz" in words,
        needs_assignment="assignment" in words,
        least_attendance=0 if is_open else ATTENDS,
        certificate_months=int(certificate) if certificate else None,
    )
