"""A statement: every line once, each with the balance after it, however deep one reads."""

from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from portal.ledger.models import Entry
from portal.ledger.selectors import balance, statement
from portal.ledger.services import post, post_many
from tests.factories import SYSTEM
from tests.ledger.books import posting_of, sale, settle_down

pytestmark = pytest.mark.django_db


def fill(books, number):
    post_many(SYSTEM, postings=[sale(books, 100 * n) for n in range(1, number + 1)])


def walk(account, way="older", cursor="", size=3):
    """The lines of each page, in the order of reading."""
    pages = []
    while True:
        page = statement(account, cursor, size=size)
        pages.append([(line.entry.pk, line.entry.amount, line.after) for line in page.lines])
        if not (cursor := getattr(page, way)):
            return pages, page


def expected(account):
    after, lines = 0, []
    for entry in Entry.objects.filter(account=account).order_by("xact", "id"):
        after += entry.amount
        lines.append((entry.pk, entry.amount, after))
    return lines[::-1]


@pytest.mark.parametrize("number", [0, 1, 3, 4, 10])
def test_every_line_stands_once_with_its_balance(books, number):
    fill(books, number)
    pages, last = walk(books.share)
    assert [line for page in pages for line in page] == expected(books.share)
    assert last.older == ""
    if number:
        assert pages[0][0][2] == balance(books.share)


@pytest.fixture
def running():
    """Somebody else's transaction that goes on: no line is final meanwhile."""
    other = connection.copy()
    with other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("SELECT pg_current_xact_id()")
        yield
    other.rollback()
    other.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [4, 10])
def test_way_back_beside_a_running_transaction(books, number, running):
    walk_there_and_back(books, number)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [4, 10])
def test_way_back_shows_the_same_lines(books, number):
    walk_there_and_back(books, number)


def walk_there_and_back(books, number):
    for n in range(number):
        post(SYSTEM, posting=sale(books, 100 + n))
    there, last = walk(books.share)
    back, first = walk(books.share, "newer", last.newer)
    assert [line for page in there for line in page] == expected(books.share)
    assert [line for page in reversed(back) for line in page] == expected(books.share)[
        : -len(there[-1])
    ]
    assert first.newer == ""


def test_cursor_of_another_account_is_the_first_page(books):
    fill(books, 5)
    theirs = statement(books.fees, size=2).older
    for cursor in (theirs, "nonsense", theirs[:-1] + "x"):
        assert statement(books.share, cursor, size=2) == statement(books.share, size=2)


@pytest.mark.django_db(transaction=True)
def test_line_that_is_committed_late_changes_no_balance_wrongly(books):
    """Its place is below lines that were read already; their balances follow."""
    posted, go = Event(), Event()

    def late():
        with transaction.atomic():
            post(SYSTEM, posting=sale(books, 1_000))
            posted.set()
            go.wait(20)
        connections.close_all()

    post(SYSTEM, posting=sale(books, 100))
    thread = Thread(target=late)
    thread.start()
    assert posted.wait(20)
    for _turn in range(4):
        post(SYSTEM, posting=sale(books, 200))
    cursor = statement(books.share, size=2).older  # between lines that are not final yet
    go.set()
    thread.join(20)
    assert walk(books.share, cursor=cursor, size=2)[0][0] == expected(books.share)[2:4]
    assert [line for page in walk(books.share)[0] for line in page] == expected(books.share)


@pytest.mark.django_db(transaction=True)
def test_deep_page_takes_as_many_statements_as_the_second(books, django_assert_num_queries):
    for n in range(9):
        post(SYSTEM, posting=sale(books, 100 + n))
    settle_down()
    second = statement(books.share, size=2).older
    deep = statement(books.share, statement(books.share, second, size=2).older, size=2).older
    for cursor in ("", second, deep):
        with django_assert_num_queries(2):
            statement(books.share, cursor, size=2)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        statement(books.share, deep, size=2)
    assert "ledger_checkpoint" not in seen[0]["sql"]  # nothing above it is added up again


def test_line_of_a_debit_lowers_the_balance(books):
    post(SYSTEM, posting=sale(books, 1_000))
    post(SYSTEM, posting=posting_of((books.share, -50), (books.clearing, 50)))
    (newest, oldest) = statement(books.share).lines
    assert (newest.entry.amount, newest.after, oldest.after) == (-50, 900, 950)
