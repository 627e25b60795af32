"""Everything the ledger can be asked, in any order, beside a dictionary that is asked the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.core.verdict import Refused
from portal.ledger.fields import Leg, Posting
from portal.ledger.models import Entry, Journal
from portal.ledger.selectors import (
    balance,
    balance_occurred,
    balances,
    statement,
    verification,
)
from portal.ledger.services import move_checkpoints, post, post_many, reverse
from tests import factories
from tests.factories import SYSTEM
from tests.ledger.books import NOON, books_of

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = st.integers(0, 12).map("key-{}".format)
AMOUNTS = st.integers(-(10**15), 10**15).filter(bool)
DAYS = st.integers(0, 40)
RUNS = count(1)


class Ledger(RuleBasedStateMachine):
    """The model: each key's posting, and what each account adds up to."""

    def __init__(self) -> None:
        super().__init__()
        party = factories.draft_party("creator", "账本", has_papers=False)
        self.books = books_of(party.pk)
        self.settled = [self.books.clearing, self.books.fees, self.books.share]
        self.known: dict[str, Posting] = {}
        self.reversed: set[str] = set()
        self.run = f"run-{next(RUNS)}"  # what is committed stays, and stands beside the next run
        self.sums = {account: balance(account) for account in self.settled}

    def posting(self, key: str, first: int, second: int, day: int) -> Posting:
        amounts = [-first - second, first, second]
        pairs = zip(self.settled, amounts, strict=True)
        legs = [Leg(account, amount) for account, amount in pairs if amount]
        return Posting(f"{self.run}-{key}", "machine", "1", NOON + timedelta(days=day), "", legs)

    def took(self, posting: Posting) -> None:
        self.known[posting.key] = posting
        for leg in posting.legs:
            self.sums[leg.account_id] += leg.amount

    @rule(key=KEYS, first=AMOUNTS, second=AMOUNTS, day=DAYS)
    def post_one(self, key: str, first: int, second: int, day: int) -> None:
        posting = self.posting(key, first, second, day)
        known = self.known.get(posting.key)
        if known is not None and known != posting:
            with pytest.raises(Refused):
                post(SYSTEM, posting=posting)
            return
        assert post(SYSTEM, posting=posting).is_new == (known is None)
        if known is None:
            self.took(posting)

    @rule(keys=st.lists(KEYS, max_size=5), first=AMOUNTS, second=AMOUNTS, day=DAYS)
    def post_several(self, keys: list[str], first: int, second: int, day: int) -> None:
        given = [self.posting(key, first, second, day) for key in keys]
        if any(self.known.get(one.key, one) != one for one in given):
            with pytest.raises(Refused):
                post_many(SYSTEM, postings=given)
            return
        new = {one.key: one for one in given if one.key not in self.known}
        counted = post_many(SYSTEM, postings=given)
        assert (counted.posted, counted.repeated) == (len(new), len(set(keys)) - len(new))
        for one in new.values():
            self.took(one)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), day=DAYS)
    def reverse_one(self, data: st.DataObject, day: int) -> None:
        key = data.draw(st.sampled_from(sorted(self.known)))
        original = self.known[key]
        journal = Journal.objects.get(key=key)
        undo = f"undo-{key}-{len(self.known)}"
        if key in self.reversed or journal.reverses_id is not None:
            with pytest.raises(Refused):
                reverse(SYSTEM, journal=journal, key=undo, text="")
            return
        when = NOON + timedelta(days=day)
        reverse(SYSTEM, journal=journal, key=undo, text="", occurred_at=when)
        opposite = [Leg(leg.account_id, -leg.amount) for leg in original.legs]
        self.reversed.add(key)
        self.took(
            replace(original, key=undo, legs=opposite, occurred_at=when, reverses_id=journal.pk)
        )

    @rule()
    def move(self) -> None:
        move_checkpoints(SYSTEM)

    @rule(day=DAYS)
    def look_back(self, day: int) -> None:
        moment, share = NOON + timedelta(days=day), self.books.share
        then = sum(
            leg.amount
            for one in self.known.values()
            for leg in one.legs
            if leg.account_id == share and one.occurred_at <= moment
        )
        assert balance_occurred(share, moment) == then

    @rule(size=st.integers(1, 4))
    def read_a_statement(self, size: int) -> None:
        amounts, cursor = [], ""
        while True:
            page = statement(self.books.share, cursor, size=size)
            for line in page.lines:
                assert line.after == self.sums[self.books.share] - sum(amounts)
                amounts.append(line.entry.amount)
            if not (cursor := page.older):
                break
        assert sum(amounts) == self.sums[self.books.share]
        assert len(amounts) == Entry.objects.filter(account=self.books.share).count()

    @invariant()
    def balances_are_those_of_the_model(self) -> None:
        found = {one.account_id: one.amount for one in balances()}
        for account in self.settled:
            assert found[account] == balance(account) == self.sums[account]
        assert sum(found.values()) == 0

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert not [check for check in verification() if check.wrong]
        own = Journal.objects.filter(key__contains=f"{self.run}-")
        assert own.count() == len(self.known)


def test_ledger_is_what_a_dictionary_says():
    quick = settings(
        max_examples=15,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Ledger, settings=quick)
