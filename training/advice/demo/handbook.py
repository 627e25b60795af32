"""The chapters of the handbook: two of them changed since, and what the cast has read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.parties.demo import World, acting, cast_party, demo_user
from portal.parties.states import PartyKind
from training.advice import services
from training.advice.fields import ChapterFields
from training.advice.models import Chapter, ChapterVersion

FOLDER = Path(__file__).parent / "chapters"
BEGUN, APART = 200, 6  # days ago, and between two chapters
CHANGED = {  # days ago, and what came: the last part of each
    "cold-start": (24, "补充第四周：什么时候能放大", "Adds week four: when to grow"),
    "paid-traffic": (12, "补充交给服务商时的条款", "Adds the terms with a provider"),
}
READ = {
    PartyKind.MERCHANT: ("five-dimensions", "cold-start", "live-team", "after-sales"),
    PartyKind.PROVIDER: ("five-dimensions", "cold-start"),
    PartyKind.CREATOR: ("creator-start",),
}
READ_AGO = 40


@transaction.atomic
def make_handbook(world: World) -> None:
    writer = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    with outbox.born_delivered():
        for place, path in enumerate(sorted(FOLDER.glob("*.zh.md"))):
            code = path.name.split("-", 1)[1].removesuffix(".zh.md")
            with clock.standing_at(world.dawn - timedelta(days=BEGUN - APART * place)):
                _publish(writer, code, _fields(path, is_whole=code not in CHANGED))
        _read(world)
        for code, (days, zh, en) in CHANGED.items():
            path = next(FOLDER.glob(f"*-{code}.zh.md"))
            with clock.standing_at(world.dawn - timedelta(days=days)):
                chapter = Chapter.objects.get(code=code)
                services.save_chapter(writer, chapter=chapter, fields=_fields(path))
                services.publish_chapter(writer, chapter=chapter, changes_zh=zh, changes_en=en)


def _publish(writer: Actor, code: str, fields: ChapterFields) -> None:
    chapter = services.draft_chapter(writer, code=code, fields=fields)
    services.publish_chapter(writer, chapter=chapter)


def _read(world: World) -> None:
    for kind, codes in READ.items():
        reader = acting(cast_party(kind))
        for place, code in enumerate(codes):
            version = ChapterVersion.objects.newest().get(chapter__code=code)
            with clock.standing_at(world.dawn - timedelta(days=READ_AGO - place)):
                services.mark_read(reader, version=version)


def _fields(path: Path, *, is_whole: bool = True) -> ChapterFields:
    """A file: title, kinds of party, summary, an empty line, the text."""
    title_zh, kinds, summary_zh, text_zh = _parts(path)
    other = path.with_name(path.name.replace(".zh.md", ".en.md"))
    title_en, _kinds, summary_en, text_en = _parts(other)
    return ChapterFields(
        title_zh=title_zh,
        title_en=title_en,
        summary_zh=summary_zh,
        summary_en=summary_en,
        text_zh=text_zh if is_whole else _without_last(text_zh),
        text_en=text_en if is_whole else _without_last(text_en),
        audience=tuple(kinds.split()),
    )


def _parts(path: Path) -> tuple[str, str, str, str]:
    title, kinds, summary, text = path.read_text(encoding="utf-8").split("\n", 3)
    return title, kinds, summary, text.strip()


def _without_last(text: str) -> str:
    return text.rpartition("\n## ")[0].strip()
