"""Whatever is pressed in whatever order: the counters say what the claims say, nobody is oversold,
and nobody waits beside a free seat."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from portal.core import clock
from portal.core.verdict import Refused
from portal.seats import services, states
from portal.seats.models import Claim, Pool
from portal.seats.selectors import differences
from tests.factories import SYSTEM
from tests.seats.making import claim, parties, pool_of

STEPS = 60


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_invariants_hold_after_every_step(seed):
    random, pool, people = Random(seed), pool_of(3), parties(9)
    moment = clock.now()
    for number in range(STEPS):
        moment += timedelta(minutes=random.choice([1, 30, 600]))
        with clock.standing_at(moment):
            press(random, pool, people, number)
        holds(Pool.objects.get(pk=pool.pk), moment)


def press(random, pool, people, number):
    def some():
        return random.choice(list(Claim.objects.order_by("pk")))

    calls = (
        lambda: claim(pool, random.choice(people), key=f"k{number}"),
        lambda: claim(pool, random.choice(people), key=f"k{number}"),
        lambda: services.withdraw_claim(SYSTEM, claim=some()),
        lambda: services.take_up_seat(SYSTEM, claim=some()),
        lambda: services.reject_claim(SYSTEM, claim=some(), why="why"),
        lambda: services.sweep_seats(SYSTEM),
        lambda: services.resize_pool(SYSTEM, pool=pool, capacity=random.randrange(5)),
    )
    call = calls[0] if not Claim.objects.exists() else random.choice(calls)
    with suppress(Refused):
        call()


def holds(pool, moment):
    assert not differences()
    assert pool.taken + pool.held <= pool.capacity
    if moment < pool.occasion.offers_until:
        assert pool.free == 0 or not Claim.objects.in_line().exists()
    for one in Claim.objects.all():
        newest = one.steps.last()
        assert newest.status == one.status
        assert one.is_open == (one.status in states.OPEN)
