"""Names as the search cuts them: nothing of a name is lost, and nothing else matches."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.parties.search import cut_at_names, entry_of, fold, price_bands, terms_of
from portal.parties.search.facets import (
    Facet,
    count_packed,
    facet_token,
    packed,
)
from portal.parties.search.readings import sort_key, syllables

KIND = "provider"
CHARACTERS = "云雲帆电電商重庆慶乐樂长単单曾绿女行小满·　 AbＣ１2-ée\u0301か😀解"
NAMES = st.text(CHARACTERS, min_size=1, max_size=12)
LATIN = st.text("abcdeghilnoqsuyvz12", min_size=1, max_size=7)


def is_hit(query: str, name: str, registered: str = "") -> bool:
    """As the database rechecks a row, and only if the tokens lead to it."""
    entry = entry_of(KIND, name, registered)
    return all(
        any(way <= set(entry.tokens) for way in term.ways) and is_match(term, entry)
        for term in terms_of(KIND, query)
    )


def is_match(term, entry) -> bool:
    return term.text in entry.text or bool(term.pattern and re.search(term.pattern, entry.readings))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("云", "云帆电商"),
        ("帆电", "云帆电商"),
        ("云帆电商", "雲帆電商"),
        ("雲帆電商", "云帆电商"),
        ("云　电", "云帆电商"),  # two words, parted by a full-width space
        ("ＡＢＣ服饰", "abc服饰"),
        ("abc", "ＡＢＣ服饰"),
        ("小满厨房", "小满·厨房"),
        ("yunfan", "云帆电商"),
        ("yunf", "云帆电商"),
        ("YFDS", "云帆电商"),
        ("fds", "云帆电商"),
        ("d", "云帆电商"),
        ("dian shang", "云帆电商"),
        ("chongqing", "重庆火锅"),
        ("zhongqing", "重庆火锅"),
        ("cqhg", "重庆火锅"),
        ("zqhg", "重庆火锅"),
        ("lesong", "乐颂"),
        ("yuesong", "乐颂"),
        ("ys", "乐颂"),
        ("lvzhou", "绿洲"),
        ("luzhou", "绿洲"),
        ("zengshi", "曾氏"),
        ("abcfushi", "ABC服饰"),
        ("lab7", "Lab7"),
        ("café", "CAFE"),
        ("qiankun", "乾坤"),
    ],
)
def test_name_is_found(query, name):
    assert is_hit(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("云商", "云帆电商"),  # both characters, not side by side
        ("帆云", "云帆电商"),
        ("ang", "云帆电商"),  # the end of a syllable
        ("unfan", "云帆电商"),
        ("yd", "云帆电商"),
        ("yunshang", "云帆电商"),
        ("chongyun", "云重"),
        ("龘", "云帆电商"),
    ],
)
def test_other_names_are_not_found(query, name):
    assert not is_hit(query, name)


def test_registered_name_is_found_by_its_text_and_not_by_pinyin():
    assert is_hit("有限公司", "云帆", "杭州云帆有限公司")
    assert not is_hit("hangzhou", "云帆", "杭州云帆有限公司")
    assert not is_hit("帆杭", "云帆", "杭州云帆有限公司")  # one name ends before the other begins


@given(NAMES, st.data())
@settings(max_examples=300, deadline=None)
def test_every_piece_of_a_name_finds_it(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    piece = name[start : data.draw(st.integers(start + 1, len(name)))]
    assert is_hit(piece, name)


@given(NAMES, st.data())
@settings(max_examples=300, deadline=None)
def test_every_reading_and_initials_find_it(name, data):
    spoken = [[r for r in readings if r.isascii()] for readings in syllables(name)]
    if not spoken or not all(spoken):
        return
    said = [data.draw(st.sampled_from(readings)) for readings in spoken]
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(start + 1, len(said)))
    assert is_hit("".join(said[start:end]), name)
    assert is_hit("".join(reading[0] for reading in said[start:end]), name)


@given(LATIN, NAMES)
@settings(max_examples=500, deadline=None)
def test_pinyin_matches_exactly_what_it_says(query, name):
    assert is_hit(query, name) == spelled_out(query, name)


def spelled_out(query: str, name: str) -> bool:
    """The same by trying every combination of readings, one after the other."""
    word, spoken = fold(query), syllables(name)
    if word in fold(name):
        return True
    for start in range(len(spoken)):
        window = spoken[start : start + len(word)]
        if any("".join(said).startswith(word) for said in product(*window)):
            return True
        if len(window) == len(word) and all(
            any(r.startswith(letter) for r in readings)
            for letter, readings in zip(word, window, strict=True)
        ):
            return True
    return False


@given(st.text(max_size=30), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_search(name, query):
    is_hit(query, name)


def test_names_stand_in_the_order_of_their_words():
    assert sort_key("重庆火锅") == "chong qing huo guo"
    assert sort_key("乐山") == "le shan"


def test_price_bands_are_those_a_range_reaches_into():
    assert list(price_bands(0, 1_000_000)) == [0]
    assert list(price_bands(2_000_000, 5_000_000)) == [1, 2]
    assert list(price_bands(20_000_000, 20_000_000)) == [4]


def test_packed_facets_count_back_to_their_tokens():
    tokens = [facet_token("creator", facet, 4_095) for facet in Facet]
    assert count_packed("creator", packed(tokens) * 3) == dict.fromkeys(tokens, 3)
    assert count_packed("creator", b"") == {}
    assert not set(tokens) & {facet_token("agency", facet, 4_095) for facet in Facet}


def test_facet_of_an_impossible_value_is_refused():
    with pytest.raises(ValueError, match="12 bits"):
        facet_token(KIND, Facet.CITY, 4_096)


NAMES_KNOWN = ("杭州", "直播代运营", "店铺运营", "食品饮料")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("杭州直播代运营", ["杭州", "直播代运营"]),
        ("直播杭州食品", ["直播", "杭州", "食品"]),
        ("云帆杭州店铺", ["云帆", "杭州", "店铺"]),
        ("运营云帆", ["运营", "云帆"]),
        ("云帆电商", ["云帆电商"]),
        ("直播代运营", ["直播代运营"]),
    ],
)
def test_text_is_cut_at_known_names(text, parts):
    assert cut_at_names(text, NAMES_KNOWN) == parts


@given(st.text("杭州直播运营食云", max_size=12))
def test_cutting_loses_nothing(text):
    assert "".join(cut_at_names(text, NAMES_KNOWN)) == text
