"""Claims, records, decisions, coupons and budgets in any order, beside a plain model of one pool:
never more than the budget, and the rows always say what the columns say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from portal.core import clock
from portal.core.verdict import Refused
from portal.rewards import selectors, services
from portal.rewards.fields import RevocationFields, UseFields
from portal.rewards.models import Claim, Coupon, Pool
from portal.rewards.states import ALIVE
from tests.factories import SYSTEM
from tests.rewards.making import FACE, coupon_task, parties, season, went_live

pytestmark = pytest.mark.django_db
PEOPLE = st.integers(0, 3)


class Season(RuleBasedStateMachine):
    """Two tasks of one pool, one keeping rewards and one giving them to who finishes first."""

    def __init__(self) -> None:
        super().__init__()
        programme = season(budget=3 * FACE)
        self.pool = Pool.objects.get(programme=programme, unit="coupon")
        self.tasks = [
            coupon_task(programme, quota=3, check_by="operator"),
            coupon_task(programme, quota=2, hold="finish"),
        ]
        self.people = parties(4)
        self.days = 0
        self.orders = 0

    def _claim(self, number: int, status: tuple[str, ...]) -> Claim | None:
        rows = Claim.objects.filter(party=self.people[number], status__in=status)
        return rows.order_by("pk").first()

    def _try(self, call) -> None:
        try:
            call()
        except Refused:
            return

    @rule(number=PEOPLE, which=st.integers(0, 1))
    def claim(self, number: int, which: int) -> None:
        task, party = self.tasks[which], self.people[number]
        self._try(lambda: services.claim_task(SYSTEM, task=task, party=party))

    @rule(number=PEOPLE)
    def record(self, number: int) -> None:
        went_live(self.people[number], start=self.days)
        self.days += 3

    @rule(number=PEOPLE)
    def withdraw(self, number: int) -> None:
        if claim := self._claim(number, ("claimed", "in_progress")):
            services.withdraw_claim(SYSTEM, claim=claim)

    @rule(number=PEOPLE)
    def hand_in(self, number: int) -> None:
        if claim := self._claim(number, ("in_progress",)):
            self._try(lambda: services.submit_claim(SYSTEM, claim=claim))

    @rule(number=PEOPLE, passes=st.booleans())
    def decide(self, number: int, passes: bool) -> None:
        if claim := self._claim(number, ("submitted",)):
            decide = services.pass_claim if passes else services.fail_claim
            decide(SYSTEM, claim=claim, reason="看过了")

    @rule(number=PEOPLE)
    def revoke(self, number: int) -> None:
        if claim := self._claim(number, ("rewarded", "passed")):
            fields = RevocationFields("复查", "reward")
            services.revoke_claim(SYSTEM, claim=claim, fields=fields)

    @rule(number=PEOPLE)
    def object(self, number: int) -> None:
        if claim := self._claim(number, ("failed", "revoked")):
            self._try(lambda: self._turn(claim))

    def _turn(self, claim: Claim) -> None:
        appeal = services.appeal_claim(SYSTEM, claim=claim, text="不对")
        services.decide_appeal(SYSTEM, appeal=appeal, grants=True, sentence="成立")

    @rule(number=PEOPLE, amount=st.integers(1, FACE))
    def use(self, number: int, amount: int) -> None:
        coupon = Coupon.objects.filter(party=self.people[number], status="open").first()
        if coupon is not None:
            self.orders += 1
            use = UseFields(coupon.number, amount, f"T{self.orders}", clock.now())
            self._try(lambda: services.use_coupons(SYSTEM, uses=[use]))

    @rule()
    def time_passes(self) -> None:
        with clock.standing_at(clock.now() + timedelta(days=60)):
            services.expire_claims(SYSTEM)
            services.expire_coupons(SYSTEM)

    @rule(amount=st.integers(-2 * FACE, 2 * FACE))
    def budget(self, amount: int) -> None:
        def change() -> None:
            made = services.propose_budget(SYSTEM, pool=self.pool, amount=amount, reason="调整")
            services.approve_budget(SYSTEM, change=made)

        self._try(change)

    @invariant()
    def never_more_than_the_budget(self) -> None:
        pool = Pool.objects.get(pk=self.pool.pk)
        assert pool.reserved >= 0
        assert pool.used <= pool.granted
        assert pool.reserved + pool.granted <= pool.budget

    @invariant()
    def rows_and_columns_agree(self) -> None:
        wrong = [check for check in selectors.verification() if check.wrong]
        assert not wrong, wrong

    @invariant()
    def one_claim_alive_each(self) -> None:
        alive = Claim.objects.filter(status__in=ALIVE).values_list("task", "party")
        assert len(alive) == len(set(alive))


def test_any_order_of_claims_and_budgets_keeps_the_pool():
    run_state_machine_as_test(
        Season,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
