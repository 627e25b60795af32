"""Who writes the handbook, who marks what they read, and which chapter is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
)
from portal.parties.states import PartyKind
from training.advice.fields import ChapterFields
from training.advice.models import Chapter, ChapterVersion

CODE = re.compile(r"[a-z][a-z0-9-]{1,38}")
TAKEN_CODES = frozenset({"desk", "new", "print"})  # of the handbook's own pages
MOST = {"title_zh": 60, "title_en": 90, "summary_zh": 160, "summary_en": 240}
LEAST_TEXT, MOST_TEXT = 50, 20_000
MOST_CHANGES = {"changes_zh": 200, "changes_en": 300}


def can_edit_handbook(actor: Actor) -> Verdict:
    if actor.has_perm("advice.edit_handbook"):
        return ALLOWED
    return forbidden(_("Only operators write the handbook."))


def can_publish_chapter(actor: Actor, chapter: Chapter) -> Verdict:
    if not (verdict := can_edit_handbook(actor)):
        return verdict
    if not hasattr(chapter, "draft"):
        return conflict(_("There is no draft to publish; change the chapter first."))
    return ALLOWED


def can_retire_chapter(actor: Actor, chapter: Chapter) -> Verdict:
    if not (verdict := can_edit_handbook(actor)):
        return verdict
    if chapter.retired_at is not None:
        return conflict(_("This chapter is taken out already."))
    return ALLOWED


def can_return_chapter(actor: Actor, chapter: Chapter) -> Verdict:
    if not (verdict := can_edit_handbook(actor)):
        return verdict
    if chapter.retired_at is None:
        return conflict(_("This chapter stands in the handbook already."))
    return ALLOWED


def can_mark_chapter(actor: Actor, version: ChapterVersion) -> Verdict:
    if actor.user is None:
        return forbidden(_("Sign in, and the handbook remembers what you have read."))
    return ALLOWED


def chapter_is_sound(fields: ChapterFields) -> Verdict:
    return flawless(flaws_of_chapter(fields))


def flaws_of_chapter(fields: ChapterFields) -> Iterator[Flaw]:
    for name, most in MOST.items():
        yield from _flaws_of_words(name, getattr(fields, name), most)
    yield from flaws_of_lines(fields, *MOST)
    for name in ("text_zh", "text_en"):
        if not LEAST_TEXT <= len(getattr(fields, name).strip()) <= MOST_TEXT:
            yield Flaw(name, _("From 50 to 20,000 characters."))
    if not set(fields.audience) <= set(PartyKind.values):
        yield Flaw("audience", _("Choose from the list."))


def flaws_of_code(code: str) -> Iterator[Flaw]:
    if not CODE.fullmatch(code):
        yield Flaw("code", _("Small letters, digits and hyphens, beginning with a letter."))
    elif code in TAKEN_CODES or Chapter.objects.filter(code=code).exists():
        yield Flaw("code", _("This code is taken."))


def flaws_of_changes(number: int, changes_zh: str, changes_en: str) -> Iterator[Flaw]:
    """From the second version on readers are told what is new."""
    given = {"changes_zh": changes_zh, "changes_en": changes_en}
    for name, most in MOST_CHANGES.items():
        if number > 1 or given[name]:
            yield from _flaws_of_words(name, given[name], most)


def _flaws_of_words(name: str, words: str, most: int) -> Iterator[Flaw]:
    if not words.strip():
        yield Flaw(name, _("Please fill this in."))
    elif len(words) > most:
        yield Flaw(name, _("At most %(n)s characters.") % {"n": most})
