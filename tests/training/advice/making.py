"""Chapters, advisers and hours for tests, made through the services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from tests.factories import SYSTEM
from training.advice import services
from training.advice.fields import AdviserFields, ChapterFields, QuestionFields, SlotFields
from training.advice.models import Adviser, Booking, Chapter, ChapterVersion, Slot

TEXT_ZH = "## 先做什么\n\n" + "开店第一周把**商品、客服、发货**三件事做扎实，再谈投流。" * 2
TEXT_EN = "## What comes first\n\nGet **goods, service and parcels** right in week one." * 2
QUESTION = QuestionFields("新店第二周没有成交，先改商品卡还是先开播？", ("start",))
PLACE = "https://meeting.example.com/1"


def chapter_fields(**changes: Any) -> ChapterFields:
    given: dict[str, Any] = {
        "title_zh": "三十天冷启动",
        "title_en": "A cold start in thirty days",
        "summary_zh": "每天做什么，看哪几个数。",
        "summary_en": "What to do each day, and which figures to watch.",
        "text_zh": TEXT_ZH,
        "text_en": TEXT_EN,
    }
    return ChapterFields(**(given | changes))


def chapter(code: str = "cold-start", **changes: Any) -> ChapterVersion:
    """Published."""
    row = services.draft_chapter(SYSTEM, code=code, fields=chapter_fields(**changes))
    return services.publish_chapter(SYSTEM, chapter=row)


def adviser_fields(**changes: Any) -> AdviserFields:
    given: dict[str, Any] = {
        "name": "周行之",
        "title_zh": "直播间操盘十年",
        "title_en": "Ten years of running live rooms",
        "bio_zh": "从零带过三个品牌直播间。",
        "bio_en": "Built three brand live rooms from nothing.",
        "topics": ("live", "start"),
    }
    return AdviserFields(**(given | changes))


def adviser(**changes: Any) -> Adviser:
    return services.add_adviser(SYSTEM, fields=adviser_fields(**changes))


def slot_fields(on: date | None = None, at: time = time(10), **changes: Any) -> SlotFields:
    given: dict[str, Any] = {
        "starts_on": on or clock.today() + timedelta(days=3),
        "starts_at": at,
        "minutes": 45,
        "place": PLACE,
        "skips_holidays": False,
    }
    return SlotFields(**(given | changes))


def slot(of: Adviser, on: date | None = None, at: time = time(10), **changes: Any) -> Slot:
    return services.add_slots(SYSTEM, adviser=of, fields=slot_fields(on, at, **changes))[0]


def booked(person: Any, of: Slot) -> Booking:
    return services.book_slot(person.actor, slot=of, fields=QUESTION)


def standing(of: Slot, minutes: int) -> Any:
    """So many minutes after the hour begins."""
    return clock.standing_at(of.starts_at + timedelta(minutes=minutes))


def mid_month() -> datetime:
    """The tenth of next month, so that days around it share a month."""
    first = (clock.today().replace(day=1) + timedelta(days=32)).replace(day=10)
    return datetime.combine(first, time(9), clock.SHANGHAI)


def snapshot() -> list[Any]:
    tables = (Adviser, Slot, Booking, Chapter, ChapterVersion, Notice)
    return [list(table.objects.order_by("pk").values()) for table in tables] + [
        AuditEntry.objects.count()
    ]


def refused(status: int, call: Callable[[], object], *fields: str) -> str:
    """Nothing was written; the flaws are of these fields."""
    before = snapshot()
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.verdict.status == status
    assert {flaw.field for flaw in caught.value.verdict.flaws} == set(fields)
    assert snapshot() == before
    return str(caught.value.verdict.reason)
