"""The handbook: drafts and versions, what was read, what a search finds, who may write."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import resolve

from portal.core.models import AuditEntry
from portal.notices.models import Notice
from tests.factories import SYSTEM
from tests.training.advice.making import chapter, chapter_fields, refused
from training.advice import rules, selectors, services
from training.advice.demo.handbook import FOLDER, _fields
from training.advice.models import Chapter, ChapterDraft, ChapterVersion

pytestmark = pytest.mark.django_db
CHANGES = {"changes_zh": "补充了投流的顺序", "changes_en": "Adds the order of paid traffic"}


def test_a_change_is_a_new_version_and_its_readers_are_told(operator, merchant, stranger):
    first = chapter()
    services.mark_read(merchant.actor, version=first)
    fields = chapter_fields(title_zh="四十天冷启动")
    services.save_chapter(operator.actor, chapter=first.chapter, fields=fields)

    assert ChapterVersion.objects.shown().get() == first  # a draft is nobody's reading
    words = refused(
        422,
        lambda: services.publish_chapter(operator.actor, chapter=first.chapter),
        *CHANGES,
    )
    assert words
    second = services.publish_chapter(operator.actor, chapter=first.chapter, **CHANGES)

    assert (second.number, second.title_zh) == (2, "四十天冷启动")
    assert not ChapterDraft.objects.exists()
    assert first.chapter.versions.count() == 2
    [told] = Notice.objects.filter(event="handbook.changed")
    assert told.user == merchant.user
    [entry] = selectors.contents(merchant.actor)
    assert entry.is_new_again
    services.mark_read(merchant.actor, version=second)
    [entry] = selectors.contents(merchant.actor)
    assert entry.is_read
    assert selectors.progress_of(stranger.actor).read == 0
    verbs = AuditEntry.objects.filter(object_type="advice.chapter")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        *("draft_chapter", "publish_chapter", "save_chapter", "publish_chapter"),
    ]


def test_published_text_cannot_be_changed_by_the_site(merchant):
    version = chapter()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE advice_chapterversion SET text_zh = 'x'")
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()


def test_who_does_not_write_the_handbook_changes_nothing(merchant, stranger, reviewer):
    row = chapter().chapter
    for person in (merchant, stranger, reviewer):
        actor = person.actor
        refused(403, lambda a=actor: services.draft_chapter(a, code="x-y", fields=chapter_fields()))
        refused(403, lambda a=actor: services.save_chapter(a, chapter=row, fields=chapter_fields()))
        refused(403, lambda a=actor: services.publish_chapter(a, chapter=row))
        refused(403, lambda a=actor: services.retire_chapter(a, chapter=row))
        refused(403, lambda a=actor: services.move_chapter(a, chapter=row, is_up=True))


def test_a_flawed_chapter_names_its_fields(operator):
    flawed = chapter_fields(title_zh=" ", summary_en="x" * 241, text_zh="短", audience=("cat",))

    def make(code="x-y", fields=flawed):
        return services.draft_chapter(operator.actor, code=code, fields=fields)

    refused(422, make, "title_zh", "summary_en", "text_zh", "audience")
    for code in ("Desk", "desk", "print", "9x", ""):
        refused(422, lambda c=code: make(c, chapter_fields()), "code")
    chapter("taken")
    refused(422, lambda: make("taken", chapter_fields()), "code")


def test_order_drafts_and_chapters_taken_out(operator):
    first, second = chapter("one"), chapter("two")
    services.move_chapter(SYSTEM, chapter=second.chapter, is_up=True)
    services.move_chapter(SYSTEM, chapter=second.chapter, is_up=True)  # the edge: nothing happens

    assert [v.chapter.code for v in ChapterVersion.objects.shown()] == ["two", "one"]
    services.retire_chapter(operator.actor, chapter=first.chapter)
    refused(409, lambda: services.retire_chapter(operator.actor, chapter=first.chapter))
    assert [v.chapter.code for v in ChapterVersion.objects.shown()] == ["two"]
    services.return_chapter(operator.actor, chapter=first.chapter)
    assert ChapterVersion.objects.shown().count() == 2

    draft = services.draft_chapter(operator.actor, code="three", fields=chapter_fields())
    services.drop_draft(operator.actor, chapter=draft)
    assert not Chapter.objects.filter(code="three").exists()
    refused(409, lambda: services.drop_draft(operator.actor, chapter=first.chapter))


def test_contents_for_a_kind_and_for_words(merchant):
    chapter("all")
    chapter("ours", title_zh="达人手册", audience=("creator",), text_zh="退货率 高于同行 " * 10)

    codes = [e.version.chapter.code for e in selectors.contents(merchant.actor, kind="merchant")]
    assert codes == ["all"]
    [found] = selectors.contents(merchant.actor, words="退货率 同行")
    assert (found.version.chapter.code, found.number) == ("ours", 2)
    assert found.excerpt[1] == "退货率"
    [found] = selectors.contents(merchant.actor, words="PARCELS right")[:1]
    assert found.excerpt is None  # found in the other language: nothing to mark in this one
    assert selectors.contents(merchant.actor, words="没有这个词") == []


def test_pages_read_search_and_mark(merchant, visitor):
    version = chapter()
    client = merchant.browser()

    assert "冷启动" in visitor.get("/handbook/").content.decode()
    page = visitor.get("/handbook/cold-start/").content.decode()
    assert "<h2>先做什么</h2>" in page
    assert "reading" not in page
    answer = client.post("/handbook/cold-start/reading/", {"read": "1"})
    assert answer.headers["Location"] == "/handbook/"
    assert selectors.contents(merchant.actor)[0].is_read
    client.post("/handbook/cold-start/reading/", {"read": "0"})
    assert not selectors.contents(merchant.actor)[0].is_read
    assert "<mark>投流</mark>" in client.get("/handbook/?q=投流").content.decode()
    assert "没有" in client.get("/handbook/?q=%00nothing").content.decode()
    assert version.title_zh in client.get("/handbook/print/").content.decode()
    assert client.get("/handbook/cold-start/versions/2/").status_code == 404


def test_desk_writes_publishes_and_shows_flaws(operator):
    client = operator.browser()
    given = {
        name: getattr(chapter_fields(), name)
        for name in ("title_zh", "title_en", "summary_zh", "summary_en", "text_zh", "text_en")
    }
    page = client.post("/handbook/new/", given | {"code": "desk"})
    assert page.status_code == 200
    assert not Chapter.objects.exists()
    client.post("/handbook/new/", given | {"code": "parcels"})
    assert client.get("/handbook/desk/").status_code == 200
    assert "<h2>先做什么</h2>" in client.get("/handbook/desk/parcels/").content.decode()
    client.post("/handbook/desk/parcels/publication/")
    assert ChapterVersion.objects.get().number == 1
    client.post("/handbook/desk/parcels/", given | {"title_zh": "发货"})
    page = client.post("/handbook/desk/parcels/publication/")
    assert page.status_code == 200  # what is new is missing
    client.post("/handbook/desk/parcels/", given | {"text_zh": "今天发货。" + given["text_zh"]})
    client.post("/handbook/desk/parcels/publication/", CHANGES)
    page = client.get("/handbook/parcels/versions/2/changes/").content.decode()
    assert "<ins>" in page
    assert "今天发货。" in page
    client.post("/handbook/desk/parcels/", given | {"title_zh": "发货"})
    client.post("/handbook/desk/parcels/publication/", CHANGES)
    assert ChapterVersion.objects.newest().get().title_zh == "发货"


def test_api_reads_for_everybody_and_writes_for_operators(visitor, operator, merchant):
    chapter()
    row = visitor.get("/api/v1/handbook/").json()[0]
    assert (row["code"], row["version"], row["read"]) == ("cold-start", 1, 0)
    merchant.browser().post("/api/v1/handbook/cold-start/reading/")
    assert merchant.browser().get("/api/v1/handbook/").json()[0]["read"] == 1
    body = {
        **{n: getattr(chapter_fields(), n) for n in ("title_zh", "title_en", "summary_zh")},
        **{n: getattr(chapter_fields(), n) for n in ("summary_en", "text_zh", "text_en")},
        "audience": ["merchant"],
    }
    client = operator.browser()
    url = "/api/v1/handbook/cold-start/"
    assert client.post(url + "draft/", body, "application/json").status_code == 200
    assert client.post(url + "publication/", {}, "application/json").status_code == 422
    made = client.post(url + "publication/", CHANGES, "application/json").json()
    assert (made["version"], made["audience"]) == (2, ["merchant"])
    assert len(visitor.get(url + "versions/").json()) == 2
    assert merchant.browser().post(url + "retirement/").status_code == 403


def test_chapters_of_the_demo_are_sound_and_lead_somewhere():
    """Each in both languages, as long as a chapter is, with links that open."""
    paths = sorted(FOLDER.glob("*.zh.md"))
    assert len(paths) >= 10
    for path in paths:
        fields = _fields(path)
        assert list(rules.flaws_of_chapter(fields)) == []
        assert 350 <= len(re.sub(r"\s", "", fields.text_zh)) <= 1_000, path.name
        assert fields.text_zh.count("\n## ") == fields.text_en.count("\n## "), path.name
        for link in re.findall(r"\]\((/[^)]*)\)", fields.text_zh + fields.text_en):
            assert resolve(link)
