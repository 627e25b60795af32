"""Courses with quizzes and assignments, and people who take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.factories import SYSTEM
from tests.training.making import course_fields, enrolled, open_session
from training.assessment import services
from training.assessment.fields import AssignmentFields, QuestionFields, QuizFields
from training.assessment.models import Attempt
from training.courses import services as courses
from training.courses.fields import LessonFields
from training.courses.models import Course
from training.learning.models import Enrolment

QUIZ = QuizFields(questions=3, pass_mark=60, attempts=2, wait_hours=0, minutes=20)

ASKED = (
    ("开播前先做什么？", "What comes first before going live?"),
    ("怎么知道样品都到齐了？", "How do you know that every sample is there?"),
    ("交接班时先做什么？", "What comes first when shifts change?"),
    ("福利品排在第几个，怎么确认？", "How do you make sure when the gift is due?"),
)


def question_fields(code: str = "q-1", **changes: Any) -> QuestionFields:
    """Of three options the second is right."""
    given: dict[str, Any] = {
        "code": code,
        "kind": "single",
        "topic": "live_room",
        "text_zh": f"开播前先做什么？（{code}）",
        "text_en": f"What comes first before going live? ({code})",
        "options_zh": ("直接开播", "看清单", "改标题"),
        "options_en": ("Go live", "Read the list", "Change the title"),
        "right": (1,),
        "explanation_zh": "清单上的事一件也不会漏。",
        "explanation_en": "The list forgets nothing.",
    }
    return QuestionFields(**(given | changes))


def quizzed_course(
    code: str = "quizzed",
    questions: int = 4,
    quiz: QuizFields = QUIZ,
    lessons: Sequence[LessonFields] = (),
    **changes: Any,
) -> Course:
    """Open, at one's own pace, with nothing but its quiz to pass, and lessons where there are."""
    asks = {"kind": "open", "needs_lessons": bool(lessons), "needs_quiz": True} | changes
    course = courses.create_course(SYSTEM, fields=course_fields(code, **asks))
    for lesson in lessons:
        courses.add_lesson(SYSTEM, course=course, fields=lesson)
    for number in range(questions):
        text_zh, text_en = ASKED[number % len(ASKED)]
        fields = question_fields(f"q-{number + 1}", text_zh=text_zh, text_en=text_en)
        services.create_question(SYSTEM, course=course, fields=fields)
    services.set_quiz(SYSTEM, course=course, fields=quiz)
    return courses.publish_course(SYSTEM, course=course)


def assignment_fields(markers: Sequence[int], **changes: Any) -> AssignmentFields:
    given: dict[str, Any] = {
        "brief_zh": "写一份一小时直播的流程表。",
        "brief_en": "Write the run sheet of an hour live.",
        "pass_mark": 60,
        "apart": 20,
        "attempts": 2,
        "days": 5,
        "criteria": (("流程完整", "Complete", 60), ("可执行", "Can be done", 40)),
        "markers": tuple(markers),
    }
    return AssignmentFields(**(given | changes))


def practical_course(markers: Sequence[int], code: str = "practical", **changes: Any) -> Course:
    asks = {"kind": "open", "needs_lessons": False, "needs_assignment": True}
    course = courses.create_course(SYSTEM, fields=course_fields(code, **asks))
    fields = assignment_fields(markers, **changes)
    services.set_assignment(SYSTEM, course=course, fields=fields)
    return courses.publish_course(SYSTEM, course=course)


def seated(person: Any, course: Course) -> Enrolment:
    enrolled(person.actor, open_session(course), person.party)
    return Enrolment.objects.whole().get(session__course=course, learner__user=person.user)


def answers_of(attempt: Attempt, right: int) -> dict[int, list[int]]:
    """So many of them right, the others wrong."""
    rows = attempt.asked_questions.select_related("question").order_by("position")
    return {
        row.position: list(row.question.right) if row.position <= right else [0] for row in rows
    }
