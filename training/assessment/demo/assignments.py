"""The practical works of the demo's courses, a file each: the brief, what is looked at, and what
learners handed in for it.

First `pass: percent` and `apart: percent`; then parts, each under its own `# name`: the brief, its
Chinese before a line of three hyphens and its English behind; a criterion a line, Chinese, English
and points parted by bars; a good work and a poor one, parted by a line of three stars; and what
markers say, two lines of good ones and two of poor ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from portal.core import clock, outbox
from portal.parties.demo import DEMO, World
from portal.parties.demo.cast import make_person
from portal.parties.models import User
from training.assessment import services
from training.assessment.fields import AssignmentFields
from training.courses.models import Course

FOLDER = Path(__file__).parent / "assignments"
WRITTEN = 465  # days ago
PART = re.compile(r"^# (\w+)\n", re.MULTILINE)
MARKERS = (("instructor", "宋知行"), ("instructor-2", "贺一鸣"), ("instructor-3", "苏以恒"))


@dataclass(frozen=True, slots=True)
class Told:
    """`good` and `poor`: a work of that kind, and the words of two markers about it."""

    pass_mark: int
    apart: int
    brief_zh: str
    brief_en: str
    criteria: tuple[tuple[str, str, int], ...]
    good: tuple[str, tuple[str, ...]]
    poor: tuple[str, tuple[str, ...]]

    @property
    def most(self) -> int:
        return sum(points for _zh, _en, points in self.criteria)


@transaction.atomic
def make_assignments(world: World) -> None:
    told = assignments()
    courses = {one.code: one for one in Course.objects.filter(code__in=told)}
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=WRITTEN)):
        markers = [make_person(*one, settings.DEMO_PASSWORD).pk for one in MARKERS]
        for code, one in told.items():
            services.set_assignment(DEMO, course=courses[code], fields=_fields(one, markers))


def markers() -> list[int]:
    emails = [f"{login}@{settings.DEMO_DOMAIN}" for login, _name in MARKERS]
    return list(
        User.objects.filter(email__in=emails).order_by("email").values_list("pk", flat=True)
    )


def _fields(told: Told, markers: list[int]) -> AssignmentFields:
    return AssignmentFields(
        brief_zh=told.brief_zh,
        brief_en=told.brief_en,
        pass_mark=told.pass_mark,
        apart=told.apart,
        attempts=2,
        days=7,
        criteria=told.criteria,
        markers=markers,
    )


@cache
def assignments() -> dict[str, Told]:
    """By the code of the course."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.md"))}


def _read(path: Path) -> Told:
    head, *parts = PART.split(path.read_text(encoding="utf-8"))
    figures = dict(line.split(": ") for line in head.split("\n") if line)
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    brief_zh, brief_en = _parted(found["brief"], "---")
    good, poor = _parted(found["works"], "***")
    words = found["words"].strip().splitlines()
    return Told(
        pass_mark=int(figures["pass"]),
        apart=int(figures["apart"]),
        brief_zh=brief_zh,
        brief_en=brief_en,
        criteria=tuple(map(_criterion, found["criteria"].strip().splitlines())),
        good=(good, tuple(words[:2])),
        poor=(poor, tuple(words[2:])),
    )


def _parted(text: str, line: str) -> list[str]:
    return [part.strip() for part in text.split(f"\n{line}\n")]


def _criterion(line: str) -> tuple[str, str, int]:
    chinese, english, points = (part.strip() for part in line.split("|"))
    return chinese, english, int(points)
