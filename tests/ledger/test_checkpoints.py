"""Checkpoints only make reading quick: with them or without, a balance is the same."""

from threading import Event, Thread

import pytest
from django.db import IntegrityError, connections, transaction

from portal.ledger.models import Checkpoint, Watermark
from portal.ledger.selectors import balance, balances, balances_of, verification
from portal.ledger.services import move_checkpoints, post, rewrite_checkpoints
from tests import factories
from tests.factories import SYSTEM
from tests.ledger.books import move_all, sale, settle_down

pytestmark = pytest.mark.django_db(transaction=True)


def amounts():
    return {one.account_id: one.amount for one in balances()}


def test_balance_is_the_same_before_and_behind_the_checkpoint(books, merchant):
    assert balance(books.share) == 0
    post(SYSTEM, posting=sale(books))
    before = amounts()
    assert before[books.share] == balance(books.share) == 18_905
    settle_down()
    assert move_checkpoints(SYSTEM) == 3
    assert Checkpoint.objects.get(account=books.share).amount == 18_905
    assert amounts() == before
    post(SYSTEM, posting=sale(books))
    assert balance(books.share) == 2 * 18_905
    assert Checkpoint.objects.get(account=books.share).amount == 18_905
    settle_down()
    assert move_checkpoints(SYSTEM) == 3
    assert move_checkpoints(SYSTEM) == 0
    assert {one.account_id for one in balances_of(merchant.party.pk)} == {
        *(books.share, books.available, books.expected)
    }
    assert not any(check.wrong for check in verification())


def test_transaction_that_commits_late_is_not_lost(books):
    """It began, and took its numbers, before others that were done when the checkpoint moved."""
    posted, go = Event(), Event()

    def late():
        with transaction.atomic():
            post(SYSTEM, posting=sale(books, 1_000))
            posted.set()
            go.wait(20)
        connections.close_all()

    thread = Thread(target=late)
    thread.start()
    assert posted.wait(20)
    post(SYSTEM, posting=sale(books, 2_000))
    move_checkpoints(SYSTEM)
    assert balance(books.share) == 1_900
    go.set()
    thread.join(20)
    assert balance(books.share) == 2_850
    move_all()
    assert balance(books.share) == 2_850
    assert Checkpoint.objects.get(account=books.share).amount == 2_850
    assert not any(check.wrong for check in verification())


def test_checkpoints_moved_by_two_at_once_count_once(books):
    for _turn in range(5):
        post(SYSTEM, posting=sale(books, 1_000))
    settle_down()
    factories.at_once(*[lambda: move_checkpoints(SYSTEM)] * 4)
    assert Checkpoint.objects.get(account=books.share).amount == 4_750
    assert balance(books.share) == 4_750


def test_verification_finds_a_checkpoint_that_was_changed(books):
    post(SYSTEM, posting=sale(books))
    move_all()
    Checkpoint.objects.filter(account=books.share).update(amount=1)
    (wrong,) = [check for check in verification() if check.wrong]
    assert wrong.name == "Checkpoints are what their entries add up to"
    assert wrong.wrong == [(books.share, 1, 18_905)]


def test_restore_into_a_new_cluster_rewrites_checkpoints(books):
    """There transactions are counted from the start: below what the restored books remember."""
    post(SYSTEM, posting=sale(books))
    move_all()
    with connections["owner"].cursor() as cursor:  # as if these came from an older, larger cluster
        for table in ("ledger_journal", "ledger_entry"):
            cursor.execute(f"UPDATE {table} SET xact = '4000000000000'")  # noqa: S608 - named above
        cursor.execute("UPDATE ledger_watermark SET upto = '4000000000001'")
    with pytest.raises(IntegrityError, match="another cluster"):
        post(SYSTEM, posting=sale(books))
    assert balance(books.share) == 18_905
    assert rewrite_checkpoints(SYSTEM) == 3
    assert Watermark.objects.get().upto < 4_000_000_000_000
    assert balance(books.share) == 18_905
    post(SYSTEM, posting=sale(books))
    move_all()
    assert balance(books.share) == Checkpoint.objects.get(account=books.share).amount == 37_810
    assert not any(check.wrong for check in verification())
