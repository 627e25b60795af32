"""The handbook and the advisers, as the search shows them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.search.findables import Hit, Rows, register_finder
from training.advice import selectors
from training.advice.models import Adviser, Chapter, ChapterVersion


def _chapters(_actor: Actor) -> QuerySet[Chapter]:
    """Those that stand in the book, each with what it says today."""
    newest = Prefetch("versions", ChapterVersion.objects.newest(), to_attr="standing")
    shown = ChapterVersion.objects.shown().order_by().values("chapter")
    return Chapter.objects.filter(pk__in=shown).prefetch_related(newest)


def _chapter(_actor: Actor, chapter: Chapter) -> Hit:
    [version] = chapter.standing  # type: ignore[attr-defined] # by the prefetch
    return Hit(version.title, chapter.get_absolute_url(), version.summary)


def _said_in(chapter: Chapter) -> Iterator[str]:
    """Of what is published alone: a draft is its writers' own."""
    version = chapter.versions.order_by("-number").first()
    if version is not None:
        yield from (version.title_zh, version.title_en, version.summary_zh, version.summary_en)


def _adviser(_actor: Actor, adviser: Adviser) -> Hit:
    return Hit(adviser.name, adviser.get_absolute_url(), adviser.title)


register_finder(
    Rows(
        kind="chapter",
        title=_("Growth handbook"),
        icon="book",
        rank=46,
        model=Chapter,
        visible=_chapters,
        hit=_chapter,
        names=_said_in,
    )
)
register_finder(
    Rows(
        kind="adviser",
        title=_("Advisory group"),
        icon="users",
        rank=47,
        model=Adviser,
        visible=lambda actor: selectors.advising_for(actor.party.kind if actor.party else ""),
        hit=_adviser,
        names=lambda adviser: [adviser.name, adviser.title_zh, adviser.title_en],
    )
)
