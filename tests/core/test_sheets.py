"""Tables as files: what is written is read again, and no cell runs as a formula."""

import csv
import io
from contextlib import suppress
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.sheets import TYPES, Unreadable, neutral, read_sheet, write_sheet

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tcmd", "\r=1", "＝1+1", "＠x", "=cmd|'/C calc'!A0"]


def written(form, header, rows):
    target = io.BytesIO()
    write_sheet(form, header, rows, target)
    return target.getvalue()


@pytest.mark.parametrize("text", DANGEROUS)
def test_formulas_are_made_plain_text(text):
    cells = list(csv.reader(io.StringIO(written("csv", ["a"], [[text]]).decode("utf-8-sig"))))
    assert cells[1][0].startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", ["a"], [[text]])))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_numbers_stay_numbers():
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", ["a", "b"], [[-5, 1.5]])))
    assert [cell.value for cell in book.active[2]] == [-5, 1.5]
    assert written("csv", ["a"], [[-5]]).decode("utf-8-sig") == "a\r\n-5\r\n"


def test_times_are_shanghai_s():
    row = [datetime(2026, 5, 31, 18, 30, tzinfo=UTC), date(2026, 5, 31), None, True]
    assert "2026-06-01 02:30,2026-05-31,,True" in written("csv", list("abcd"), [row]).decode()


def test_control_characters_do_not_break_a_workbook():
    assert openpyxl.load_workbook(io.BytesIO(written("xlsx", ["a"], [["a\x00\x0bb"]])))


cells = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'"), min_size=1, max_size=20
).map(str.strip)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(cells, min_size=2, max_size=2), max_size=4), st.sampled_from(["csv", "xlsx"])
)
def test_what_is_written_is_read_again(rows, form):
    source = io.BytesIO(written(form, ["head", "more"], rows))
    found = [line.cells for line in read_sheet(source, TYPES[form])]
    assert found[1:] == [row for row in rows if any(row)]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["csv", "xlsx"]))
def test_any_bytes_are_rows_or_refused_in_words(data, form):
    with suppress(Unreadable):
        for line in read_sheet(io.BytesIO(data), TYPES[form]):
            assert all(isinstance(cell, str) for cell in line.cells)


def test_lines_are_counted_as_an_editor_counts():
    source = io.BytesIO(b'a,b\n"two\nlines",1\n\nx,2\n')
    assert [line.number for line in read_sheet(source, TYPES["csv"])] == [1, 2, 5]


@given(st.text(max_size=5))
def test_mark_stands_only_before_formulas(text):
    assert neutral(text) in (text, "'" + text)
