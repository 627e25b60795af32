"""Questions of the demo's quizzes, a file a course, and the briefs of its practical works.

A question begins with `? kind topic`; then its text, options (`*` right, `-` wrong) and, after `=`,
why; each in Chinese and, after a bar, in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from portal.core import clock, outbox
from portal.parties.demo import DEMO, World
from portal.parties.demo.cast import make_person
from portal.parties.models import User
from training.assessment import services
from training.assessment.fields import AssignmentFields, QuestionFields, QuizFields
from training.assessment.states import QuestionKind
from training.courses.models import Course

FOLDER = Path(__file__).parent / "questions"
WRITTEN = 465  # days ago
QUESTION = re.compile(r"^\? ", re.MULTILINE)
QUIZ = QuizFields(questions=5, pass_mark=80, attempts=3, wait_hours=24, minutes=20)
MARKERS = (("instructor", "宋知行"), ("instructor-2", "贺一鸣"), ("instructor-3", "苏以恒"))
CRITERIA = (
    ("看得清：画面、灯光、颜色", "Seen well: picture, light, colour", 20),
    ("听得清：人声、环境音", "Heard well: voice, surroundings", 20),
    ("讲得清：痛点、演示、下单", "Explained well: trouble, demonstration, order", 20),
    ("守规矩：说法、素材、价格", "Within the rules: words, material, prices", 20),
    ("处理得当：节奏与突发", "Handled well: pace and surprises", 20),
)
BRIEFS = {
    "shooting-practice": (
        "抽一个没见过的品，30 分钟内交一条 40 秒的商品视频。写下五个镜头的安排、用了什么光、"
        "哪一句话可能有争议以及怎么改的。",
        "An unknown product, a video of forty seconds within thirty minutes. Write down the five "
        "shots, the light, and which sentence was doubtful and how you changed it.",
    ),
    "live-control-practice": (
        "写出一场两小时直播的场控检查单、十二个口令和三张应急卡；再用半页说明，"
        "模拟中你遇到的突发是怎么停住损失、怎么记录的。",
        "A floor manager's list for two hours, twelve cues and three cards; and half a page on how "
        "you stopped the loss in the simulation and wrote it down.",
    ),
}


def codes() -> list[str]:
    """Of the courses with a quiz."""
    return [path.stem for path in sorted(FOLDER.glob("*.md"))]


@transaction.atomic
def make_quizzes(world: World) -> None:
    courses = {one.code: one for one in Course.objects.filter(code__in=codes())}
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=WRITTEN)):
        for code, course in sorted(courses.items()):
            told = [(course, fields) for fields in questions_of(code)]
            services.put_questions(DEMO, told=told)
            services.set_quiz(DEMO, course=course, fields=QUIZ)


@transaction.atomic
def make_assignments(world: World) -> None:
    courses = {one.code: one for one in Course.objects.filter(code__in=BRIEFS)}
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=WRITTEN)):
        markers = [make_person(*one, settings.DEMO_PASSWORD).pk for one in MARKERS]
        for code, (brief_zh, brief_en) in BRIEFS.items():
            fields = AssignmentFields(
                brief_zh=brief_zh,
                brief_en=brief_en,
                pass_mark=60,
                apart=15,
                attempts=2,
                days=7,
                criteria=CRITERIA,
                markers=markers,
            )
            services.set_assignment(DEMO, course=courses[code], fields=fields)


def markers() -> list[int]:
    emails = [f"{login}@{settings.DEMO_DOMAIN}" for login, _name in MARKERS]
    return list(
        User.objects.filter(email__in=emails).order_by("email").values_list("pk", flat=True)
    )


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
