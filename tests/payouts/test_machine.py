"""Releases, payouts, answers and refunds in any order, beside a plain model of one party."""

from __future__ import annotations

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
from portal.ledger.selectors import verification as books_checked
from portal.payouts import selectors, services
from portal.payouts.models import Item
from tests import factories
from tests.factories import SYSTEM
from tests.payouts.making import (
    FIELDS,
    MINIMUM,
    answer,
    approved,
    earn,
    held,
    payable,
    sent,
)

pytestmark = pytest.mark.django_db
AMOUNTS = st.integers(1, 5 * MINIMUM)


class Payee(RuleBasedStateMachine):
    """The model: what is available, what is on its way, what arrived, and what was earned."""

    def __init__(self) -> None:
        super().__init__()
        self.party = payable(factories.listed_party("merchant", "收款方"))
        self.available = self.paid = self.earned = 0
        self.way: dict[int, int] = {}  # transfers without an answer
        self.returned: dict[str, int] = {}  # keys the bank did not carry out

    @rule(fen=AMOUNTS)
    def release(self, fen: int) -> None:
        earn(self.party, fen)
        self.available += fen
        self.earned += fen

    @precondition(lambda self: self.available > 0)
    @rule(share=st.integers(1, 100))
    def refund(self, share: int) -> None:
        fen = max(1, self.available * share // 100)
        earn(self.party, -fen)
        self.available -= fen
        self.earned -= fen

    @rule(shrinks=st.booleans(), cancels=st.booleans())
    def pay(self, shrinks: bool, cancels: bool) -> None:
        """`shrinks`: some of it is taken back between the two people."""
        try:
            batch = services.prepare_batch(SYSTEM, fields=FIELDS, parties=[self.party.pk])
        except Refused:
            fits = any(fen <= self.available for fen in self.returned.values())
            assert self.available < MINIMUM
            assert not fits
            return
        planned = list(batch.items.order_by("pk"))
        assert sum(item.amount_fen for item in planned) <= self.available
        if cancels:
            services.cancel_batch(SYSTEM, batch=batch, reason="不付了")
            gone = Item.objects.filter(party=self.party, given_up_at__isnull=False)
            for key in gone.values_list("key", flat=True):
                self.returned.pop(key, None)
            return
        if shrinks:
            earn(self.party, -1)
            self.available -= 1
            self.earned -= 1
        batch = approved(batch, SYSTEM)
        for item in batch.items.filter(status="paying"):
            self.available -= item.amount_fen
            self.way[item.pk] = item.amount_fen
            self.returned.pop(item.key, None)
        gone = Item.objects.filter(party=self.party, given_up_at__isnull=False)
        for key in gone.values_list("key", flat=True):
            self.returned.pop(key, None)
        if batch.status == "approved":
            sent(batch, SYSTEM)

    @precondition(lambda self: self.way)
    @rule(data=st.data(), said=st.sampled_from(["paid", "partial", "rejected"]))
    def hear(self, data: st.DataObject, said: str) -> None:
        key = data.draw(st.sampled_from(sorted(self.way)))
        item = Item.objects.select_related("batch").get(pk=key)
        if said == "partial" and item.amount_fen == 1:
            said = "paid"
        part = item.amount_fen // 2 if said == "partial" else None
        result = answer(item, said, part)
        assert services.record_results(SYSTEM, results=[result]) == 1
        assert services.record_results(SYSTEM, results=[result]) == 0
        arrived = {"paid": item.amount_fen, "partial": part, "rejected": 0}[said] or 0
        self.paid += arrived
        self.available += self.way.pop(key) - arrived
        if said == "rejected":
            self.returned[item.key] = item.amount_fen

    @invariant()
    def agrees(self) -> None:
        assert held(self.party) == {"available": self.available, "paying": sum(self.way.values())}
        assert self.available >= 0
        assert self.earned == self.available + sum(self.way.values()) + self.paid
        arrived = Item.objects.filter(party=self.party)
        assert sum(arrived.values_list("paid_fen", flat=True)) == self.paid

    def teardown(self) -> None:
        for check in (*books_checked(), *selectors.verification()):
            assert not check.wrong


def test_payee_agrees_with_its_model():
    run_state_machine_as_test(
        Payee,
        settings=settings(
            max_examples=10,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
