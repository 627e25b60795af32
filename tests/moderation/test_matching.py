"""Listed words are found however they are written, and nothing else is."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from portal.moderation.engine.matching import Entry, Matcher
from portal.moderation.reference import FILE

with FILE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
LISTED = [Entry(r["text"], r["category"], r["level"]) for r in ROWS if r["level"] != "allowed"]
ALLOWED = [r["text"] for r in ROWS if r["level"] == "allowed"]
PHONE = Entry("phone", "contact", "banned")
MATCHER = Matcher(LISTED, ALLOWED, PHONE)
TRADITIONAL = OpenCC("s2t")
TRADITIONAL.convert("国")  # reads its dictionaries now, not within an example
HIDERS = ["", " ", "\u200b", "\u200d", "\ufeff", "\u3000", "·", "-", "★", "。", "\n"]


def found(text, matcher=MATCHER):
    return [hit.entry.text for hit in matcher.find(text)]


@st.composite
def disguised(draw):
    """A listed word with characters between, in other widths, cases and scripts."""
    entry = draw(st.sampled_from(LISTED))
    text = draw(st.sampled_from([entry.text, TRADITIONAL.convert(entry.text), entry.text.upper()]))
    if draw(st.booleans()):
        text = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    return entry, "".join(c + draw(st.sampled_from(HIDERS)) for c in text)


@given(disguised(), st.sampled_from(["", "我们", "本店 ", "。"]), st.sampled_from(["", "的", "！"]))
def test_disguised_word_is_found_in_its_place(word, before, after):
    entry, text = word
    hits = MATCHER.find(before + text + after)
    assert any(h.start < len(before + text) and h.end > len(before) for h in hits), entry


@given(st.text(max_size=60))
def test_any_text_is_read_and_hits_lie_within(text):
    for hit in MATCHER.find(text):
        assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize(
    "text", ["第一个月搭建直播间", "我们拒绝刷单", "最大程度节省", "加VIP群", "先走第一步"]
)
def test_exception_spares_the_word_within_it(text):
    assert found(text) == []


def test_exception_spares_only_where_it_stands():
    assert found("第一个月就做到全国第一") == ["全国第一", "第一"]


def test_longest_word_of_a_place_is_named():
    assert found("全网最低价") == ["全网最低价", "最低价"]


@pytest.mark.parametrize(
    ("text", "is_phone"),
    [
        ("请打 138-0000 1111", True),
        ("１３８００００１１１１", True),
        ("+86 13800001111", True),
        ("021-5555 1234", True),
        ("订单 15,000 单，12 个月", False),
        ("统一社会信用代码 91330106MA00000001", False),
        ("2026-03-18 至 2026-06-30", False),
    ],
)
def test_phone_numbers_are_told_from_other_numbers(text, is_phone):
    assert (found(text) == ["phone"]) is is_phone


def test_no_exception_is_a_listed_word_too():
    assert not {entry.text for entry in LISTED} & set(ALLOWED)
