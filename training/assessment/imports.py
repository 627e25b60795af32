"""The bank of questions, by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.parsers import one_of, text
from portal.core.verdict import Flaw
from training.assessment import rules, services
from training.assessment.fields import QuestionFields
from training.assessment.reading import letters
from training.assessment.states import QuestionKind
from training.courses.models import Course
from training.courses.rules import can_change_course
from training.courses.states import Topic

OPTIONS = 6


def _choices(choices: Any) -> Mapping[str, str]:
    return {word: one.value for one in choices for word in (one.value, str(one.label))}


def _words(name: str, label: Any, most: int) -> Column:
    return Column(name, label, required=True, parse=text(most))


COLUMNS = [
    Column(
        "course", _("Course"), required=True, parse=text(40), help=_("Its code, as in its address.")
    ),
    Column(
        "code",
        _("Code of the question"),
        required=True,
        parse=text(40),
        help=_("A question the course has under this code is changed; others are new."),
    ),
    Column(
        "kind",
        _("Kind"),
        required=True,
        parse=one_of(lambda: _choices(QuestionKind), _("Kinds of questions")),
    ),
    Column("topic", _("Topic"), required=True, parse=one_of(lambda: _choices(Topic), _("Topics"))),
    _words("text_zh", _("Chinese question"), 600),
    _words("text_en", _("English question"), 1200),
    *(
        Column(f"option_{place}_{language}", format_lazy("{} {}", label, place), parse=text(300))
        for place in range(1, OPTIONS + 1)
        for language, label in (("zh", _("Chinese option")), ("en", _("English option")))
    ),
    Column(
        "right",
        _("Right options"),
        required=True,
        parse=letters,
        help=_("Their letters, such as A or A,C. True is A, false is B."),
    ),
    _words("explanation_zh", _("Chinese explanation"), 600),
    _words("explanation_en", _("English explanation"), 1200),
]


def check_questions(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    known = _courses([row.values for row in rows])
    for row in rows:
        course = known.get(row.values["course"])
        if course is None:
            yield row.line, Flaw("course", _("There is no course with this code."))
            continue
        if not (verdict := can_change_course(actor, course)):
            yield row.line, Flaw("course", verdict.reason)
        for flaw in rules.flaws_of_question(_fields(row.values)):
            yield row.line, Flaw(flaw.field.replace("options", "option_1"), flaw.sentence)


def apply_questions(actor: Actor, rows: Sequence[Values]) -> int:
    known = _courses(rows)
    told = [(known[row["course"]], _fields(row)) for row in rows]
    return services.put_questions(actor, told=told)


def _courses(rows: Sequence[Values]) -> dict[str, Course]:
    found = Course.objects.filter(code__in={row["course"] for row in rows})
    return {course.code: course for course in found}


def _fields(values: Values) -> QuestionFields:
    names = ("code", "kind", "topic", "text_zh", "text_en", "explanation_zh", "explanation_en")
    return QuestionFields(
        right=values["right"],
        options_zh=_options(values, "zh"),
        options_en=_options(values, "en"),
        **{name: values[name] for name in names},
    )


def _options(values: Values, language: str) -> tuple[str, ...]:
    cells = (values[f"option_{place}_{language}"] for place in range(1, OPTIONS + 1))
    return tuple(cell for cell in cells if cell)


QUESTIONS = register_import(
    ImportKind(
        name="assessment.questions",
        title=_("Questions of quizzes"),
        about=_("Questions with their options in both languages, the right ones and why."),
        columns=COLUMNS,
        may=rules.can_write_bank,
        check=check_questions,
        apply=apply_questions,
        key=("course", "code"),
        at_once=100,
        examples=[
            {
                "course": "live-basics",
                "code": "checklist",
                "kind": "single",
                "topic": "live_room",
                "text_zh": "开播前第一件事是什么？",
                "text_en": "What comes first before going live?",
                "option_1_zh": "看清单",
                "option_1_en": "Read the list",
                "option_2_zh": "直接开播",
                "option_2_en": "Go live",
                "right": "A",
                "explanation_zh": "清单上的事一件也不会漏。",
                "explanation_en": "The list forgets nothing.",
            }
        ],
    )
)
