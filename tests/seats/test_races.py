"""Sixteen at the same moment: never a seat too many, nobody lost, nobody twice."""

import pytest

from portal.core.verdict import Refused
from portal.seats import services
from portal.seats.models import Claim, Pool, Step
from portal.seats.selectors import differences
from tests import factories
from tests.factories import SYSTEM
from tests.seats.making import claim, parties, pool_of

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 16


def clients(pool, people):
    """Each client presses for its share of the people, one after the other."""

    def press(some):
        return lambda: [claim(pool, party) for party in some]

    return [press(people[number::CLIENTS]) for number in range(CLIENTS)]


def test_everybody_gets_an_answer_and_exactly_the_seats_are_taken():
    pool, people = pool_of(40), parties(160)
    answers = factories.at_once(*clients(pool, people))
    claims = [one for some in answers for one in some]
    assert len({one.pk for one in claims}) == Claim.objects.count() == Step.objects.count() == 160
    assert sum(one.status == "confirmed" for one in claims) == 40
    waiting = [one for one in claims if one.status == "waiting"]
    assert len({one.place for one in waiting}) == 120
    assert not differences()


def test_one_party_that_presses_sixteen_times_has_one_claim():
    pool, [party] = pool_of(5), parties(1)
    answers = factories.at_once(*[lambda: claim(pool, party)] * CLIENTS)
    assert len({one.pk for one in answers}) == 1
    assert Pool.objects.get().taken == Claim.objects.count() == 1


def test_one_party_with_sixteen_wishes_has_one_claim():
    pool, [party] = pool_of(5), parties(1)

    def wish(number):
        return lambda: claim(pool, party, key=f"wish {number}")

    answers = factories.at_once(*map(wish, range(CLIENTS)))
    assert sum(isinstance(one, Refused) for one in answers) == CLIENTS - 1
    assert Pool.objects.get().taken == Claim.objects.count() == 1


def test_one_party_takes_seats_for_sixteen_people_at_once():
    pool, [party] = pool_of(10), parties(1)

    def seat(number):
        return lambda: claim(pool, party, subject=f"person {number}")

    answers = factories.at_once(*map(seat, range(CLIENTS)))
    assert sorted(one.status for one in answers) == ["confirmed"] * 10 + ["waiting"] * 6
    assert not differences()


def test_nobody_is_left_waiting_beside_a_free_seat():
    """Seats are given back while others join the line: each freed one is offered to somebody."""
    pool, people = pool_of(8), parties(24)
    seated = [claim(pool, party) for party in people[:8]]
    late = people[8:]
    factories.at_once(
        *[lambda c=one: services.withdraw_claim(SYSTEM, claim=c) for one in seated],
        *[lambda p=party: claim(pool, party=p) for party in late],
    )
    pool.refresh_from_db()
    assert Claim.objects.filter(status="waiting").count() == 0 or pool.free == 0
    assert pool.taken + pool.held == 8
    assert not differences()


def test_offer_that_runs_out_while_it_is_taken_up_is_one_or_the_other():
    pool, [first, second] = pool_of(1), parties(2)
    seat = claim(pool, first)
    waiting = claim(pool, second)
    services.withdraw_claim(SYSTEM, claim=seat)
    answers = factories.at_once(
        lambda: services.take_up_seat(SYSTEM, claim=waiting),
        lambda: services.withdraw_claim(SYSTEM, claim=waiting),
        behind=Pool.objects.filter(pk=pool.pk),
    )
    waiting.refresh_from_db()
    assert waiting.status == "withdrawn"  # either way: a seat that was taken can be given back
    assert sum(isinstance(one, Refused) for one in answers) <= 1
    assert not differences()


def test_cancelling_that_meets_sign_ups_leaves_no_open_claim():
    pool, people = pool_of(8), parties(15)
    factories.at_once(
        lambda: services.close_occasion(SYSTEM, occasion=pool.occasion, why="停电"),
        *[lambda p=party: claim(pool, p) for party in people],
    )
    assert not Claim.objects.open().exists()
    pool.refresh_from_db()
    assert (pool.taken, pool.held) == (0, 0)
