"""Every change to the handbook: drafts, versions, the order, and what a person has read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import flawless
from portal.notices.services import notify
from training.advice import rules
from training.advice.fields import ChapterFields
from training.advice.models import Chapter, ChapterDraft, ChapterVersion, ReadMark

TEXTS = ("title_zh", "title_en", "summary_zh", "summary_en", "text_zh", "text_en")
MOST_TOLD = 5_000  # readers of a chapter


@transaction.atomic
def draft_chapter(actor: Actor, *, code: str, fields: ChapterFields) -> Chapter:
    """A new chapter behind the others; nobody reads it before it is published."""
    rules.can_edit_handbook(actor).require()
    flawless(rules.flaws_of_code(code)).require()
    rules.chapter_is_sound(fields).require()
    last = Chapter.objects.aggregate(last=Max("position"))["last"] or 0
    now = clock.now()
    chapter = Chapter.objects.create(code=code, position=last + 1, created_at=now)
    ChapterDraft.objects.create(chapter=chapter, **_written(actor, fields))
    audit.record(actor, "draft_chapter", chapter, after={"title": fields.title_zh})
    return chapter


@transaction.atomic
def save_chapter(actor: Actor, *, chapter: Chapter, fields: ChapterFields) -> ChapterDraft:
    """Write at the chapter's draft, or begin one."""
    chapter = _lock(chapter)
    rules.can_edit_handbook(actor).require()
    rules.chapter_is_sound(fields).require()
    draft, _made = ChapterDraft.objects.update_or_create(
        chapter=chapter, defaults=_written(actor, fields)
    )
    audit.record(actor, "save_chapter", chapter, after={"title": fields.title_zh})
    return draft


@transaction.atomic
def publish_chapter(
    actor: Actor, *, chapter: Chapter, changes_zh: str = "", changes_en: str = ""
) -> ChapterVersion:
    """The draft becomes the next version; whoever had read the one before is told."""
    chapter = _lock(chapter)
    rules.can_publish_chapter(actor, chapter).require()
    draft = chapter.draft
    number = (chapter.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    flawless(rules.flaws_of_changes(number, changes_zh, changes_en)).require()
    version = ChapterVersion.objects.create(
        chapter=chapter,
        number=number,
        **{name: getattr(draft, name) for name in (*TEXTS, "audience")},
        changes_zh=changes_zh.strip(),
        changes_en=changes_en.strip(),
        published_at=clock.now(),
        published_by=actor.user,
    )
    draft.delete()
    audit.record(actor, "publish_chapter", chapter, after={"version": number})
    if number > 1:
        _tell_readers(version)
    return version


@transaction.atomic
def drop_draft(actor: Actor, *, chapter: Chapter) -> Chapter:
    """Leave the chapter as it was published; one that never was is gone."""
    chapter = _lock(chapter)
    rules.can_publish_chapter(actor, chapter).require()
    chapter.draft.delete()
    audit.record(actor, "drop_chapter_draft", chapter)
    if not chapter.versions.exists():
        Chapter.objects.filter(pk=chapter.pk).delete()
    return chapter


@transaction.atomic
def retire_chapter(actor: Actor, *, chapter: Chapter) -> Chapter:
    """Take it out; its versions stay readable by their addresses."""
    chapter = _lock(chapter)
    rules.can_retire_chapter(actor, chapter).require()
    chapter.retired_at = clock.now()
    chapter.save(update_fields=["retired_at"])
    audit.record(actor, "retire_chapter", chapter)
    return chapter


@transaction.atomic
def return_chapter(actor: Actor, *, chapter: Chapter) -> Chapter:
    chapter = _lock(chapter)
    rules.can_return_chapter(actor, chapter).require()
    chapter.retired_at = None
    chapter.save(update_fields=["retired_at"])
    audit.record(actor, "return_chapter", chapter)
    return chapter


@transaction.atomic
def move_chapter(actor: Actor, *, chapter: Chapter, is_up: bool) -> Chapter:
    """Change places with its neighbour; at the edge nothing happens."""
    rules.can_edit_handbook(actor).require()
    rows = list(Chapter.objects.select_for_update(no_key=True).order_by("position"))
    place = next(i for i, row in enumerate(rows) if row.pk == chapter.pk)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(rows):
        return chapter
    moved, neighbour = rows[place], rows[other]
    moved.position, neighbour.position = neighbour.position, moved.position
    moved.save(update_fields=["position"])
    neighbour.save(update_fields=["position"])
    audit.record(actor, "move_chapter", moved, after={"position": moved.position})
    return moved


@transaction.atomic
def mark_read(actor: Actor, *, version: ChapterVersion) -> ReadMark:
    """This person has read it, as it stands in this version."""
    rules.can_mark_chapter(actor, version).require()
    mark, _made = ReadMark.objects.update_or_create(
        user=actor.user,
        chapter=version.chapter,
        defaults={"number": version.number, "at": clock.now()},
    )
    return mark


@transaction.atomic
def unmark_read(actor: Actor, *, version: ChapterVersion) -> None:
    rules.can_mark_chapter(actor, version).require()
    ReadMark.objects.filter(user=actor.user, chapter=version.chapter).delete()


def _lock(chapter: Chapter) -> Chapter:
    return Chapter.objects.select_for_update().get(pk=chapter.pk)


def _written(actor: Actor, fields: ChapterFields) -> dict[str, Any]:
    given = asdict(fields)
    texts = {name: given[name].strip().replace("\r\n", "\n") for name in TEXTS}
    return texts | {
        "audience": list(fields.audience),
        "changed_at": clock.now(),
        "changed_by": actor.user,
    }


def _tell_readers(version: ChapterVersion) -> None:
    readers = ReadMark.objects.filter(chapter=version.chapter, number__lt=version.number)
    notify(
        list(readers.values_list("user_id", flat=True)[:MOST_TOLD]),
        party_id=None,
        event="handbook.changed",
        key=f"handbook:{version.pk}",
        sentence=gettext_noop("A chapter of the handbook that you have read is new: %(title)s"),
        params={"title": version.title_zh},
        url=version.chapter.get_absolute_url(),
    )
