"""What a query could mean, and which are too short to mean anything."""

from datetime import datetime

import pytest

from portal.core import clock
from portal.search.said import LONGEST, Number, Said


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("XQ-2026-00012", Number("XQ", 2026, 12)),
        ("xq-2026-00012", Number("XQ", 2026, 12)),
        ("ＸＱ－２０２６－０００１２", Number("XQ", 2026, 12)),
        ("2026-00012", Number("", 2026, 12)),
        ("SQ-0000012", Number("SQ", None, 12)),
        ("P000012", Number("P", None, 12)),
        ("012", Number("", None, 12)),
        ("12", None),
        ("XQ-1026-00012", None),
        ("云帆 12", None),
        ("yunfan", None),
        ("1" * 16, None),
    ],
)
def test_number_is_read_in_the_ways_people_write_it(typed, number):
    assert Said.of(typed).number == number


def test_number_of_a_year_lies_within_it_in_shanghai():
    said = Number("XQ", 2026, 12)
    begin = datetime(2026, 1, 1, tzinfo=clock.SHANGHAI)
    end = datetime(2027, 1, 1, tzinfo=clock.SHANGHAI)
    assert said.within("made") == {"made__gte": begin, "made__lt": end}
    assert Number("P", None, 12).within("made") == {}
    assert said.is_of("XQ", has_year=True)
    assert not said.is_of("ZS", has_year=True)
    assert not said.is_of("XQ", has_year=False)
    assert not Number("", None, 12).is_of("", has_year=False)
    assert Number("", None, 12).is_of("ZS", has_year=True)


@pytest.mark.parametrize(
    ("typed", "is_empty", "is_short"),
    [
        ("", True, True),
        (" \t\0 ", True, True),
        ("y", False, True),
        ("7", False, True),
        ("·。", False, True),
        ("云", False, False),
        ("yf", False, False),
    ],
)
def test_query_has_to_say_something(typed, is_empty, is_short):
    said = Said.of(typed)
    assert (said.is_empty, said.is_short, said.is_asked) == (is_empty, is_short, not is_short)


def test_query_is_cut_and_cleaned():
    assert Said.of("  云\0帆   电商 ").text == "云帆 电商"
    assert len(Said.of("云" * 500).text) == LONGEST
