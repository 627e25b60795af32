"""The handbook as pages show it: its contents, what a person has read, what a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from portal.core.actor import Actor
from portal.core.prose import plain
from training.advice.fields import ChapterFields
from training.advice.models import Chapter, ChapterDraft, ChapterVersion, ReadMark

MOST_WORDS = 5  # of a search
BEFORE, AFTER = 40, 80  # characters of an excerpt


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter in the contents. `read`: the number of the version this person read, 0 for none;
    `excerpt`: the text around what was searched for, in three parts."""

    version: ChapterVersion
    number: int
    read: int
    excerpt: tuple[str, str, str] | None = None

    @property
    def is_read(self) -> bool:
        return self.read == self.version.number

    @property
    def is_new_again(self) -> bool:
        """It was changed since it was read."""
        return 0 < self.read < self.version.number


@dataclass(frozen=True, slots=True)
class Progress:
    read: int
    of: int

    @property
    def percent(self) -> int:
        return 100 * self.read // self.of if self.of else 0


def contents(actor: Actor, *, kind: str = "", words: str = "") -> list[Entry]:
    """The handbook in its order, numbered; for a kind of party, or what says all of the words."""
    order = list(ChapterVersion.objects.shown().values_list("pk", flat=True))
    rows = ChapterVersion.objects.shown()
    if kind:
        rows = rows.for_kind(kind)
    asked = words.split()[:MOST_WORDS]
    for word in asked:
        rows = rows.saying(word)
    read = _read_by(actor)
    return [
        Entry(
            row,
            order.index(row.pk) + 1,
            read.get(row.chapter_id, 0),
            _excerpt(row.text, asked),
        )
        for row in rows
    ]


def progress_of(actor: Actor) -> Progress | None:
    """How far a person is; None for who is not signed in."""
    if actor.user is None:
        return None
    rows = list(ChapterVersion.objects.shown().values_list("chapter_id", "number"))
    read = _read_by(actor)
    return Progress(sum(read.get(chapter) == number for chapter, number in rows), len(rows))


def neighbours(version: ChapterVersion) -> tuple[ChapterVersion | None, ChapterVersion | None]:
    """The chapters before and behind it, as the handbook stands."""
    rows = ChapterVersion.objects.shown().defer("text_zh", "text_en")
    place = version.chapter.position
    before = rows.filter(chapter__position__lt=place).order_by("-chapter__position").first()
    return before, rows.filter(chapter__position__gt=place).first()


def shelf() -> list[dict[str, Any]]:
    """For the operators' desk: each chapter with its newest version, its draft and its readers."""
    newest = {
        row.chapter_id: row for row in ChapterVersion.objects.newest().defer("text_zh", "text_en")
    }
    drafts = {row.pk: row for row in ChapterDraft.objects.defer("text_zh", "text_en")}
    readers = _readers()
    return [
        {
            "chapter": chapter,
            "version": newest.get(chapter.pk),
            "draft": drafts.get(chapter.pk),
            "readers": readers.get(chapter.pk, 0),
        }
        for chapter in Chapter.objects.order_by("position")
    ]


def fields_of_chapter(text: ChapterVersion | ChapterDraft) -> ChapterFields:
    names = ("title_zh", "title_en", "summary_zh", "summary_en", "text_zh", "text_en")
    return ChapterFields(
        **{name: getattr(text, name) for name in names}, audience=tuple(text.audience)
    )


def _read_by(actor: Actor) -> dict[int, int]:
    if actor.user is None:
        return {}
    rows = ReadMark.objects.filter(user=actor.user)
    return dict(rows.values_list("chapter_id", "number"))


def _readers() -> dict[int, int]:
    """How many have read each chapter, in whichever version."""
    rows = ReadMark.objects.values("chapter_id").annotate(n=Count("pk")).order_by()
    return dict(rows.values_list("chapter_id", "n"))


def _excerpt(text: str, words: Sequence[str]) -> tuple[str, str, str] | None:
    """Around the first word that stands in the text: before it, itself, after it."""
    said = plain(text).replace("\n", " ") if words else ""
    low = said.lower()
    for word in words:
        place = low.find(word.lower())
        if place >= 0 and len(low) == len(said):
            end = place + len(word)
            start = max(place - BEFORE, 0)
            head = ("…" if start else "") + said[start:place]
            tail = said[end : end + AFTER] + ("…" if end + AFTER < len(said) else "")
            return head, said[place:end], tail
    return None
