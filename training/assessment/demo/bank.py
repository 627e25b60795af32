"""Questions of the demo's quizzes, a file a course.

A question begins with `? kind topic`; then its text, options (`*` right, `-` wrong) and, after `=`,
why; each in Chinese and, after a bar, in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from portal.core import clock, outbox
from portal.parties.demo import DEMO, World
from training.assessment import services
from training.assessment.fields import QuestionFields, QuizFields
from training.assessment.states import QuestionKind
from training.courses.models import Course

FOLDER = Path(__file__).parent / "questions"
WRITTEN = 465  # days ago
QUESTION = re.compile(r"^\? ", re.MULTILINE)
QUIZ = QuizFields(questions=5, pass_mark=80, attempts=3, wait_hours=24, minutes=20)


def codes() -> list[str]:
    """Of the courses with a quiz."""
    return [path.stem for path in sorted(FOLDER.glob("*.md"))]


@transaction.atomic
def make_quizzes(world: World) -> None:
    courses = Course.objects.filter(code__in=codes()).order_by("code")
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=WRITTEN)):
        brought = [(course, QUIZ, list(questions_of(course.code))) for course in courses]
        services.bring_quizzes(DEMO, brought=brought)


def questions_of(code: str) -> Iterator[QuestionFields]:
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    for number, part in enumerate(QUESTION.split(text)[1:], start=1):
        yield _question(f"{code}-{number}", part.strip().splitlines())


def _question(code: str, lines: list[str]) -> QuestionFields:
    kind, topic = lines[0].split()
    text, *options, why = [_two(line) for line in lines[1:]]
    signs = [line[0] for line in lines[2:-1]]
    is_plain = kind == QuestionKind.TRUE_FALSE  # brings its own options
    return QuestionFields(
        code=code,
        kind=kind,
        topic=topic,
        text_zh=text[0],
        text_en=text[1],
        right=[place for place, sign in enumerate(signs) if sign == "*"],
        explanation_zh=why[0],
        explanation_en=why[1],
        options_zh=() if is_plain else [one[0] for one in options],
        options_en=() if is_plain else [one[1] for one in options],
    )


def _two(line: str) -> tuple[str, str]:
    chinese, _bar, english = line.lstrip("*-= ").partition("|")
    return chinese.strip(), english.strip()
