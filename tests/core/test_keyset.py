"""Keyset pages: every row once, in both directions, whatever somebody makes of the cursor."""

import pytest
from django.core import signing

from portal.core.web import keyset_page
from portal.parties.models import City

pytestmark = pytest.mark.django_db


def walk(size):
    rows, cursor = [], ""
    pages = []
    while True:
        page = keyset_page(City.objects.order_by(), cursor, size=size)
        pages.append(page)
        rows += page.rows
        if not page.next:
            return pages, rows
        cursor = page.next


@pytest.mark.parametrize("size", [1, 7, 48, 49, 50])
def test_every_row_stands_on_one_page_newest_first(size):
    pages, rows = walk(size)
    assert [row.pk for row in rows] == sorted(City.objects.values_list("pk", flat=True))[::-1]
    assert len(pages) == -(-City.objects.count() // size)
    assert pages[0].previous == ""


def test_the_way_back_is_the_way_there():
    pages, _rows = walk(10)
    page = pages[-1]
    for there in reversed(pages[:-1]):
        page = keyset_page(City.objects.order_by(), page.previous, size=10)
        assert [r.pk for r in page.rows] == [r.pk for r in there.rows]
    assert page.previous == ""


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "\x00", "WzAsMV0:1abc:forged", "'; DROP TABLE x; --", "é" * 500),
        "W10:" + "a" * 9000,
        signing.dumps([0, 5], salt="other"),
    ],
)
def test_forged_cursor_is_the_first_page(cursor):
    page = keyset_page(City.objects.order_by(), cursor, size=10)
    assert page.rows == keyset_page(City.objects.order_by(), "", size=10).rows


def test_no_rows_make_an_empty_page():
    page = keyset_page(City.objects.none(), "")
    assert (page.rows, page.next, page.previous) == ([], "", "")
