"""What operators say of questions, quizzes and assignments, as values: for page, API and import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionFields:
    """`right`: places of the right options, from 0. True-or-false brings its options itself."""

    code: str
    kind: str
    topic: str
    text_zh: str
    text_en: str
    right: Sequence[int]
    explanation_zh: str
    explanation_en: str
    options_zh: Sequence[str] = ()
    options_en: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class QuizFields:
    questions: int
    pass_mark: int
    attempts: int
    wait_hours: int
    minutes: int


@dataclass(frozen=True, slots=True)
class AssignmentFields:
    """`criteria`: Chinese and English text with the most points, in order. `markers`: accounts."""

    brief_zh: str
    brief_en: str
    pass_mark: int
    apart: int
    attempts: int
    days: int
    criteria: Sequence[tuple[str, str, int]]
    markers: Sequence[int] = ()
