"""Sixteen clients on the same accounts: every journal counts once, nobody waits for a row."""

import pytest
from django.db import connection, transaction

from portal.ledger.models import Entry, Journal
from portal.ledger.selectors import balance, verification
from portal.ledger.services import move_checkpoints, post
from tests import factories
from tests.factories import SYSTEM
from tests.ledger.books import sale

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, EACH = 16, 25


def test_sixteen_clients_post_to_one_account(books):
    """A third of the keys are everybody's, and checkpoints move on meanwhile."""
    common = [sale(books, 700, key=f"common-{n}") for n in range(8)]

    def client():
        for posting in [*(sale(books, 1_000) for _n in range(EACH)), *common]:
            post(SYSTEM, posting=posting)

    def mover():
        for _turn in range(20):
            move_checkpoints(SYSTEM)

    factories.at_once(*[client] * CLIENTS, mover)
    journals = CLIENTS * EACH + len(common)
    assert Journal.objects.count() == journals
    assert Entry.objects.count() == 3 * journals
    assert balance(books.clearing) == -(CLIENTS * EACH * 1_000 + len(common) * 700)
    move_checkpoints(SYSTEM)
    assert balance(books.share) == CLIENTS * EACH * 950 + len(common) * 665
    assert not any(check.wrong for check in verification())


def test_posting_waits_for_nobody_who_posts_to_the_same_account(books):
    with transaction.atomic():
        post(SYSTEM, posting=sale(books))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relation::regclass::text, mode FROM pg_locks WHERE pid = pg_backend_pid()"
            )
            rows = {mode for name, mode in cursor.fetchall() if name and name.startswith("ledger_")}
    assert rows <= {"AccessShareLock", "RowExclusiveLock", "RowShareLock"}
    other = factories.at_once(lambda: post(SYSTEM, posting=sale(books)))
    assert other[0].is_new
