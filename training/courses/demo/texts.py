"""The texts of the demo's courses: a file each.

Lines of `name: value`, then the lessons: `# Chinese title | English title | minutes`, the Chinese
text, a line of three hyphens, the English text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
LESSON = re.compile(r"^# ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LessonText:
    title_zh: str
    title_en: str
    minutes: int
    text_zh: str
    text_en: str


@dataclass(frozen=True, slots=True)
class CourseText:
    """`words`: what stands at the head, by its name."""

    code: str
    words: dict[str, str]
    lessons: tuple[LessonText, ...]

    def several(self, name: str) -> tuple[str, ...]:
        return tuple(self.words.get(name, "").split())

    def lines(self, name: str) -> str:
        """What is parted by semicolons, a line each."""
        return "\n".join(one.strip() for one in re.split("[;；]", self.words[name]))


@cache
def course_texts() -> tuple[CourseText, ...]:
    """In the order of their codes."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.md")))


def _read(path: Path) -> CourseText:
    head, *lessons = LESSON.split(path.read_text(encoding="utf-8"))
    return CourseText(path.stem, dict(_words(head)), tuple(map(_lesson, lessons)))


def _words(head: str) -> Iterator[tuple[str, str]]:
    for line in head.strip().splitlines():
        name, _colon, value = line.partition(":")
        yield name, value.strip()


def _lesson(text: str) -> LessonText:
    first, _end, rest = text.partition("\n")
    title_zh, title_en, minutes = (one.strip() for one in first.split("|"))
    text_zh, text_en = re.split(r"^---$", rest, maxsplit=1, flags=re.MULTILINE)
    return LessonText(title_zh, title_en, int(minutes), text_zh.strip(), text_en.strip())
