"""What people write, as values: the same for page, API, admin and demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class ChapterFields:
    """A chapter in both languages, in Markdown. `audience`: kinds of party; none is everybody."""

    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    text_zh: str
    text_en: str
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdviserFields:
    """`user_id`: their login, if they have one. `party_id`: where they work, which never books
    them. `audience`: kinds of party; none is everybody."""

    name: str
    title_zh: str
    title_en: str
    bio_zh: str
    bio_en: str
    topics: tuple[str, ...]
    audience: tuple[str, ...] = ()
    user_id: int | None = None
    party_id: int | None = None


@dataclass(frozen=True, slots=True)
class SlotFields:
    """One hour, or the same hour of `weeks` weeks; `place` is shown to who booked. Where
    `skips_holidays`, a week whose day is free of work has none."""

    starts_on: date
    starts_at: time
    minutes: int
    place: str
    weeks: int = 1
    skips_holidays: bool = True


@dataclass(frozen=True, slots=True)
class QuestionFields:
    question: str
    topics: tuple[str, ...] = ()
