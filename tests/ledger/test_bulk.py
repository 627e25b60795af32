"""Many journals at once: what one would write, written together or not at all."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from portal.ledger.models import Entry, Journal
from portal.ledger.selectors import balance, verification
from portal.ledger.services import bulk, post, post_many
from tests import factories
from tests.factories import SYSTEM
from tests.ledger.books import posting_of, sale

pytestmark = pytest.mark.django_db


def written(keys):
    journals = Journal.objects.filter(key__in=keys).order_by("id")
    legs = Entry.objects.order_by("id").values_list("account_id", "amount", "part")
    own = ("content", "cause_type", "cause_id", "occurred_at", "period", "text", "user", "via")
    told = journals.values(*own, "role", "acting_party_id", "reverses")
    return [
        (row, list(legs.filter(journal=one.pk))) for row, one in zip(told, journals, strict=True)
    ]


def test_bulk_writes_what_one_by_one_writes(books, merchant):
    odd = "退款\t\\N \\. “引号” 'x' 😀".replace("\t", " ")
    some = [sale(books, 100 + n, text=odd, cause_id=f"a\\{n}") for n in range(3)]
    one_by_one = [replace(posting, key=f"{posting.key}:single") for posting in some]
    assert post_many(merchant.actor, postings=some).posted == 3
    for posting in one_by_one:
        post(merchant.actor, posting=posting)
    assert written([p.key for p in some]) == written([p.key for p in one_by_one])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Journal.objects.filter(text=odd).count() == 6
    assert not any(check.wrong for check in verification())


def test_known_journals_are_counted_and_not_written_again(books):
    some = [sale(books) for _n in range(5)]
    post(SYSTEM, posting=some[3])
    counted = post_many(SYSTEM, postings=[*some, some[0]])
    assert (counted.posted, counted.repeated) == (4, 1)
    counted = post_many(SYSTEM, postings=some)
    assert (counted.posted, counted.repeated) == (0, 5)
    assert Journal.objects.count() == 5
    assert post_many(SYSTEM, postings=[]).posted == 0


def test_batches_are_parts_of_one_whole(books, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)
    some = [sale(books) for _n in range(5)]
    wrong = posting_of((books.expected, 5), (books.share, -5), key="zzz")
    with pytest.raises(IntegrityError, match="ledger_journal_is_balanced"), transaction.atomic():
        post_many(SYSTEM, postings=[*some, wrong])
    assert Journal.objects.count() == 0
    assert post_many(SYSTEM, postings=some).posted == 5


def test_numbers_follow_the_order_of_the_call(books):
    some = [sale(books, key=f"key-{9 - n}") for n in range(5)]
    post_many(SYSTEM, postings=some)
    keys = list(Journal.objects.order_by("id").values_list("key", flat=True))
    assert keys == [posting.key for posting in some]


def test_month_is_named_or_follows_the_day(books):
    named, plain = sale(books, period=date(2026, 5, 1)), sale(books)
    post_many(SYSTEM, postings=[named, plain])
    months = dict(Journal.objects.values_list("key", "period"))
    assert months == {named.key: date(2026, 5, 1), plain.key: date(2026, 3, 1)}


@pytest.mark.django_db(transaction=True)
def test_bulks_that_share_keys_write_each_once(books, monkeypatch):
    """Whoever comes second finds a key taken after it was looked for, and looks again."""
    monkeypatch.setattr(bulk, "BATCH", 20)
    some = [sale(books) for _n in range(100)]
    answers = factories.at_once(
        *(
            lambda part=part: post_many(SYSTEM, postings=part)
            for part in (some, list(reversed(some)), some[50:], some[:50])
        )
    )
    assert sum(answer.posted for answer in answers) == 100
    assert [answer.posted + answer.repeated for answer in answers] == [100, 100, 50, 50]
    assert Journal.objects.count() == 100
    assert balance(books.share) == 100 * 18_905
    assert not any(check.wrong for check in verification())


@pytest.mark.django_db(transaction=True)
def test_first_large_import_into_young_books_is_quick(books):
    """Plans made while the tables were tiny must not read all of them for each journal: the work
    of the database grows with the journals, not with their square."""
    for _turn in range(10):
        post(SYSTEM, posting=sale(books))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname ~ '^ledger_'"
        )
        (before,) = cursor.fetchone()
        post_many(SYSTEM, postings=[sale(books) for _n in range(3_000)])
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname ~ '^ledger_'"
        )
        (after,) = cursor.fetchone()
    assert after - before < 20 * 3_000
