"""One journal at a time: said once, refused with a reason, corrected by its opposite."""

from dataclasses import replace
from datetime import datetime

import pytest

from portal.core.verdict import Refused
from portal.ledger.fields import MOST_FEN, Leg
from portal.ledger.models import Entry, Journal
from portal.ledger.selectors import balance, verification
from portal.ledger.services import post, post_many, reverse
from tests import factories
from tests.factories import SYSTEM
from tests.ledger.books import NOON, posting_of, sale

pytestmark = pytest.mark.django_db


def refusal(work):
    before = (Journal.objects.count(), Entry.objects.count())
    with pytest.raises(Refused) as caught:
        work()
    assert (Journal.objects.count(), Entry.objects.count()) == before
    return caught.value.verdict


def test_posting_is_its_own_audit_row(books, merchant, now_constraints):
    posted = post(merchant.actor, posting=sale(books))
    journal = Journal.objects.get(pk=posted.journal_id)
    assert posted.is_new
    assert (journal.user, journal.acting_party_id) == (merchant.user, merchant.party.pk)
    assert (journal.role, journal.via) == ("owner", "web")
    assert (journal.occurred_at, str(journal.period)) == (NOON, "2026-03-01")
    legs = list(Entry.objects.filter(journal=journal).order_by("id").values_list("amount", "part"))
    assert legs == [(-19_900, "part-0"), (995, "part-1"), (18_905, "part-2")]


def test_repetition_writes_nothing(books):
    posting = sale(books)
    first = post(SYSTEM, posting=posting)
    again = post(SYSTEM, posting=replace(posting, legs=list(posting.legs)))
    assert (again.journal_id, again.is_new) == (first.journal_id, False)
    assert Journal.objects.count() == 1
    assert balance(books.share) == 18_905


@pytest.mark.parametrize(
    "change",
    [
        {"text": "订单 2"},
        {"cause_id": "2"},
        {"occurred_at": NOON.replace(hour=5)},
        {"period": NOON.date().replace(day=1)},
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_same_key_with_another_content_is_refused(books, change, many):
    posting = sale(books)
    post(SYSTEM, posting=posting)
    other = replace(posting, **change)
    verdict = refusal(
        lambda: (
            post_many(SYSTEM, postings=[sale(books), other])
            if many
            else post(SYSTEM, posting=other)
        )
    )
    assert verdict.status == 409
    assert posting.key in verdict.reason


def test_same_key_with_other_legs_is_refused(books):
    posting = sale(books)
    post(SYSTEM, posting=posting)
    first, *rest = posting.legs
    renamed = replace(posting, legs=[first._replace(part="other"), *rest])
    assert refusal(lambda: post(SYSTEM, posting=renamed)).status == 409
    turned = replace(posting, legs=[*rest, first])
    assert refusal(lambda: post(SYSTEM, posting=turned)).status == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"legs": []}, "legs"),
        ({"key": ""}, "key"),
        ({"key": "x" * 201}, "key"),
        ({"key": "a\nb"}, "key"),
        ({"text": "a\0b"}, "text"),
        ({"cause_type": ""}, "cause_type"),
        ({"occurred_at": datetime(2026, 3, 1)}, "occurred_at"),
        ({"period": NOON.date()}, "period"),
    ],
)
def test_posting_that_cannot_stand_is_refused(books, change, field):
    posting = replace(sale(books), **change)
    for work in (
        lambda: post(SYSTEM, posting=posting),
        lambda: post_many(SYSTEM, postings=[sale(books), posting]),
    ):
        verdict = refusal(work)
        assert verdict.status == 422
        assert verdict.flaws[0].field == field


@pytest.mark.parametrize("amounts", [(5,), (5, -4), (0, 0), (MOST_FEN + 1, -MOST_FEN - 1)])
def test_legs_that_cannot_stand_are_refused(books, amounts):
    accounts = (books.share, books.clearing)
    legs = tuple(zip(accounts, amounts, strict=False))
    assert refusal(lambda: post(SYSTEM, posting=posting_of(*legs))).status == 422


def test_floats_never_reach_the_books(books):
    with pytest.raises(TypeError, match="whole fen"):
        post(SYSTEM, posting=posting_of((books.share, 1.0), (books.clearing, -1.0)))


def test_largest_amounts_are_exact(books):
    for _turn in range(90):
        post(SYSTEM, posting=posting_of((books.share, MOST_FEN), (books.clearing, -MOST_FEN)))
    assert balance(books.share) == 90 * MOST_FEN
    assert balance(books.clearing) == -90 * MOST_FEN


def test_reversal_is_linked_and_leaves_zero(books, now_constraints):
    original = Journal.objects.get(pk=post(SYSTEM, posting=sale(books)).journal_id)
    made = reverse(SYSTEM, journal=original, key="undo", text="更正")
    assert Journal.objects.get(pk=made.journal_id).reverses == original
    assert [balance(account) for account in books.all] == [0] * 6
    assert not any(check.wrong for check in verification())
    again = reverse(SYSTEM, journal=original, key="undo", text="更正")
    assert (again.journal_id, again.is_new) == (made.journal_id, False)


def test_journal_is_reversed_once_and_a_reversal_never(books):
    original = Journal.objects.get(pk=post(SYSTEM, posting=sale(books)).journal_id)
    made = reverse(SYSTEM, journal=original, key="undo", text="更正")
    verdict = refusal(lambda: reverse(SYSTEM, journal=original, key="undo-2", text="更正"))
    assert verdict.status == 409
    reversal = Journal.objects.get(pk=made.journal_id)
    verdict = refusal(lambda: reverse(SYSTEM, journal=reversal, key="undo-3", text="更正"))
    assert verdict.status == 409


@pytest.mark.django_db(transaction=True)
def test_two_who_reverse_at_once_make_one_reversal(books):
    original = Journal.objects.get(pk=post(SYSTEM, posting=sale(books)).journal_id)
    answers = factories.at_once(
        *(
            lambda key=key: reverse(SYSTEM, journal=original, key=key, text="更正")
            for key in ("undo-a", "undo-b")
        )
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert balance(books.share) == 0


def test_legs_keep_their_order_and_may_share_an_account(books):
    legs = [Leg(books.clearing, -10, "gross"), Leg(books.fees, 4, "a"), Leg(books.fees, 6, "b")]
    posted = post(SYSTEM, posting=replace(sale(books), legs=legs))
    rows = Entry.objects.filter(journal=posted.journal_id).order_by("id")
    assert [(row.account_id, row.amount, row.part) for row in rows] == [
        (leg.account_id, leg.amount, leg.part) for leg in legs
    ]
