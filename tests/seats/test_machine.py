"""Everything seats can be asked, in any order, beside a plain model that is asked the same: nobody
is oversold, lost or seated twice, nobody waits beside a free seat, the line moves in its order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from portal.core import clock
from portal.core.verdict import Refused
from portal.seats import rules, services, states
from portal.seats.models import Claim, Pool
from portal.seats.selectors import Standing, differences, standing_of
from portal.seats.states import Admission, ClaimStatus
from tests.factories import SYSTEM
from tests.seats.making import claim, parties, pool_of

PEOPLE = 7
people = st.integers(0, PEOPLE - 1)
S = ClaimStatus


class Seats(RuleBasedStateMachine):
    """The model: what each claim has come to, who waits in which order, until when a promise is
    kept. Each run is a transaction that is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(seats=st.integers(0, 3), curated=st.booleans(), crowd=st.integers(0, PEOPLE))
    def begin(self, seats: int, curated: bool, crowd: int) -> None:
        self.now: datetime = clock.now()
        self.curated = curated
        admission = Admission.CURATED if curated else Admission.INSTANT
        self.pool = pool_of(seats, admission=admission)
        self.parties = parties(PEOPLE)
        self.seats, self.made = seats, 0
        self.status: dict[Any, ClaimStatus] = {}
        self.line: list[Any] = []
        self.due: dict[Any, datetime] = {}
        self.newest: dict[int, Any] = {}  # by person
        for person in range(crowd):
            self.claim_one(person, held=person == 0)

    # --- the model --------------------------------------------------------------------------------

    @property
    def used(self) -> int:
        return sum(one in states.TAKES | states.HOLDS for one in self.status.values())

    def put(self, key: Any, status: ClaimStatus) -> None:
        if key in self.line:
            self.line.remove(key)
        self.due.pop(key, None)
        self.status[key] = status
        if status == S.WAITING:
            self.line.append(key)

    def pass_on(self) -> None:
        """Free seats are offered to who is next, at this very moment."""
        while self.line and self.used < self.seats and self.now < self.pool.occasion.offers_until:
            key = self.line[0]
            self.put(key, S.OFFERED)
            self.due[key] = rules.offer_ends(self.pool.occasion, self.now)

    def of(self, person: int) -> Claim | None:
        """The newest of one of those who came."""
        keys = list(self.newest.values())
        return Claim.objects.get(pk=keys[person % len(keys)]) if keys else None

    def attempt(self, is_allowed: bool, service: Any, **said: Any) -> None:
        with clock.standing_at(self.now):
            if is_allowed:
                service(SYSTEM, **said)
            else:
                with pytest.raises(Refused):
                    service(SYSTEM, **said)

    # --- what is pressed --------------------------------------------------------------------------

    @rule(person=people, held=st.booleans())
    def claim_one(self, person: int, held: bool) -> None:
        """With another wish while the first is open it is refused."""
        known, party = self.newest.get(person), self.parties[person]
        is_open = known is not None and self.status[known] in states.OPEN
        until = self.now + timedelta(minutes=30) if held else None
        self.made += 1
        wish = f"wish:{self.made}"
        with clock.standing_at(self.now):
            if is_open or self.now >= self.pool.occasion.closes_at:
                with pytest.raises(Refused):
                    claim(self.pool, party, key=wish, hold_until=until)
                return
            made = claim(self.pool, party, key=wish, hold_until=until)
            again = claim(self.pool, party, key=wish, hold_until=until)
        assert again.pk == made.pk
        self.newest[person] = made.pk
        if self.curated:
            self.put(made.pk, S.SUBMITTED)
        elif self.used >= self.seats:
            self.put(made.pk, S.WAITING)
        else:
            self.put(made.pk, S.HELD if held else S.CONFIRMED)
            if until:
                self.due[made.pk] = until

    @rule(person=people)
    def withdraw(self, person: int) -> None:
        if (one := self.of(person)) is None:
            return
        is_allowed = S.WITHDRAWN in states.TRANSITIONS[self.status[one.pk]]
        self.attempt(is_allowed, services.withdraw_claim, claim=one)
        if is_allowed:
            self.put(one.pk, S.WITHDRAWN)
            self.pass_on()

    @rule(person=people)
    def reject(self, person: int) -> None:
        if (one := self.of(person)) is None:
            return
        is_allowed = S.REJECTED in states.TRANSITIONS[self.status[one.pk]]
        self.attempt(is_allowed, services.reject_claim, claim=one, why="人数已满")
        if is_allowed:
            self.put(one.pk, S.REJECTED)
            self.pass_on()

    @rule(person=people)
    def take_up(self, person: int) -> None:
        """While it is kept, whether or not what ran out was swept."""
        if (one := self.of(person)) is None:
            return
        is_allowed = one.pk in self.due and self.now < self.due[one.pk]
        self.attempt(is_allowed, services.take_up_seat, claim=one)
        if is_allowed:
            self.put(one.pk, S.CONFIRMED)

    @rule(person=people)
    def accept(self, person: int) -> None:
        if (one := self.of(person)) is None:
            return
        before = self.status[one.pk]
        is_allowed = before in {S.SUBMITTED, S.WAITING}
        self.attempt(is_allowed, services.accept_claim, claim=one)
        if not is_allowed:
            return
        if self.used < self.seats:
            self.put(one.pk, S.CONFIRMED)
        elif before != S.WAITING:
            self.put(one.pk, S.WAITING)

    @rule(capacity=st.integers(0, 4))
    def resize(self, capacity: int) -> None:
        is_allowed = capacity >= self.used
        self.attempt(is_allowed, services.resize_pool, pool=self.pool, capacity=capacity)
        if is_allowed:
            self.seats = capacity
            self.pass_on()

    @rule(minutes=st.sampled_from([1, 31, 600, 1_500, 4_000]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        """What ran out goes to who is next, together with what ran out beside it."""
        lapsed = sorted((at, key) for key, at in self.due.items() if at <= self.now)
        with clock.standing_at(self.now):
            assert services.sweep_seats(SYSTEM) == len(lapsed)
        for _at, key in lapsed:
            self.put(key, S.EXPIRED)
        if lapsed:
            self.pass_on()

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def nobody_is_lost_or_seated_twice(self) -> None:
        rows = list(Claim.objects.filter(pool=self.pool).prefetch_related("steps"))
        assert {row.pk: row.status for row in rows} == self.status
        assert all(list(row.steps.all())[-1].status == row.status for row in rows)
        seated = [row.party_id for row in rows if row.is_open]
        assert len(set(seated)) == len(seated)

    @invariant()
    def counters_say_what_claims_say(self) -> None:
        pool = Pool.objects.get(pk=self.pool.pk)
        assert not differences()
        assert pool.capacity == self.seats
        assert pool.taken + pool.held == self.used <= self.seats

    @invariant()
    def line_is_in_its_order(self) -> None:
        rows = list(Claim.objects.in_line().filter(pool=self.pool))
        assert [row.pk for row in rows] == self.line
        if rows:
            last = standing_of(rows[-1])
            assert last == Standing(len(rows), len(rows))
        if self.now < self.pool.occasion.offers_until:
            assert not (self.line and self.used < self.seats)


@pytest.mark.django_db
def test_seats_are_what_a_plain_model_says():
    quick = settings(
        max_examples=10, stateful_step_count=25, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Seats, settings=quick)
