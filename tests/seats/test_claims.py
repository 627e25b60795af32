"""A claim from the first press to the seat, or to the reason why there is none."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from portal.core import clock
from portal.core.models import OutboxMessage
from portal.core.verdict import Refused
from portal.seats import rules, services
from portal.seats.merging import one_seat_each
from portal.seats.models import Claim, Occasion, Pool, Step
from portal.seats.selectors import differences, standing_of
from portal.seats.states import Admission
from tests.factories import SYSTEM
from tests.seats.making import claim, parties, pool_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    return pool_of(2)


@pytest.fixture
def full(pool):
    """Two have a seat, two wait."""
    people = parties(4)
    return pool, [claim(pool, party) for party in people], people


def later(**span):
    return clock.standing_at(clock.now() + timedelta(**span))


def test_seats_go_to_who_comes_first_and_the_others_queue_in_order(full):
    pool, claims, _people = full
    assert [one.status for one in claims] == ["confirmed", "confirmed", "waiting", "waiting"]
    assert [standing_of(one).position for one in claims[2:]] == [1, 2]
    assert standing_of(claims[2]).of == 2
    pool.refresh_from_db()
    assert (pool.taken, pool.held, pool.free) == (2, 0, 0)
    assert OutboxMessage.objects.filter(task="portal.seats.tasks.tell_step").count() == 4


def test_same_wish_again_finds_its_claim(pool):
    [party] = parties(1)
    first = claim(pool, party)
    again = claim(pool, party)
    assert again.pk == first.pk
    assert Claim.objects.count() == Step.objects.count() == 1


def test_second_wish_of_a_party_is_refused(pool):
    [party] = parties(1)
    claim(pool, party)
    with pytest.raises(Refused) as refused:
        claim(pool, party, key="another")
    assert refused.value.verdict.status == 409
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(("opens", "closes"), [(5, 10), (-10, -1)])
def test_nobody_claims_before_it_opens_or_after_it_closed(opens, closes):
    now = clock.now()
    pool = pool_of(
        1, opens_at=now + timedelta(minutes=opens), closes_at=now + timedelta(minutes=closes)
    )
    [party] = parties(1)
    with pytest.raises(Refused):
        claim(pool, party)
    assert not Claim.objects.exists()


def test_invited_claims_before_it_opens():
    pool = pool_of(1, opens_at=clock.now() + timedelta(hours=1))
    [party] = parties(1)
    assert claim(pool, party, is_invited=True).status == "confirmed"


def test_freed_seat_is_offered_to_who_is_next_and_taken_up(full):
    pool, claims, _people = full
    now = clock.now()
    with clock.standing_at(now):
        services.withdraw_claim(SYSTEM, claim=claims[0])
    claims[2].refresh_from_db()
    assert claims[2].status == "offered"
    assert claims[2].due_at == rules.offer_ends(pool.occasion, now)
    pool.refresh_from_db()
    assert (pool.taken, pool.held) == (1, 1)
    assert services.take_up_seat(SYSTEM, claim=claims[2]).status == "confirmed"
    assert not differences()


def test_offer_that_ran_out_goes_to_the_next(full):
    _pool, claims, _people = full
    services.withdraw_claim(SYSTEM, claim=claims[1])
    with later(days=3):
        with pytest.raises(Refused):
            services.take_up_seat(SYSTEM, claim=claims[2])
        assert services.sweep_seats(SYSTEM) == 1
        assert services.sweep_seats(SYSTEM) == 0
    claims[2].refresh_from_db()
    claims[3].refresh_from_db()
    assert (claims[2].status, claims[3].status) == ("expired", "offered")
    assert not differences()


def test_no_offers_after_the_last_moment_for_them(full):
    _pool, claims, _people = full
    with later(days=14):
        services.withdraw_claim(SYSTEM, claim=claims[0])
    claims[2].refresh_from_db()
    assert claims[2].status == "waiting"


def test_declined_offer_goes_on(full):
    _pool, claims, _people = full
    services.withdraw_claim(SYSTEM, claim=claims[0])
    services.withdraw_claim(SYSTEM, claim=claims[2], why="没有时间")
    claims[3].refresh_from_db()
    assert claims[3].status == "offered"


def test_more_seats_are_offered_at_once_and_fewer_than_taken_are_refused(full):
    pool, claims, _people = full
    services.resize_pool(SYSTEM, pool=pool, capacity=4)
    assert Claim.objects.filter(status="offered").count() == 2
    with pytest.raises(Refused):
        services.resize_pool(SYSTEM, pool=pool, capacity=3)
    pool.refresh_from_db()
    assert (pool.capacity, pool.taken, pool.held) == (4, 2, 2)
    assert claims[0].status == "confirmed"


def test_held_seat_is_taken_up_or_falls_back(pool):
    first, second = parties(2)
    until = clock.now() + timedelta(minutes=10)
    held, lost = (claim(pool, party, hold_until=until) for party in (first, second))
    assert services.take_up_seat(SYSTEM, claim=held).status == "confirmed"
    with later(minutes=11):
        services.sweep_seats(SYSTEM)
    lost.refresh_from_db()
    pool.refresh_from_db()
    assert (lost.status, pool.taken, pool.held) == ("expired", 1, 0)


def test_chosen_claims_take_no_seat_until_they_are_accepted():
    pool = pool_of(1, admission=Admission.CURATED)
    first, second, third = (claim(pool, party) for party in parties(3))
    pool.refresh_from_db()
    assert (first.status, pool.taken) == ("submitted", 0)
    assert services.accept_claim(SYSTEM, claim=second).status == "confirmed"
    assert services.accept_claim(SYSTEM, claim=first).status == "waiting"
    with pytest.raises(Refused):
        services.reject_claim(SYSTEM, claim=third, why=" ")
    assert services.reject_claim(SYSTEM, claim=third, why="品类不符").status == "rejected"
    with pytest.raises(Refused):
        services.accept_claim(SYSTEM, claim=third)
    assert not differences()


def test_removing_somebody_with_a_seat_offers_it(full):
    _pool, claims, _people = full
    services.reject_claim(SYSTEM, claim=claims[0], why="资质过期")
    assert Claim.objects.get(status="offered").pk == claims[2].pk


def test_check_in_counts_once_and_a_seat_is_needed(full):
    _pool, claims, _people = full
    for _read in range(2):
        assert services.mark_present(SYSTEM, claim=claims[0]).status == "present"
    assert services.mark_absent(SYSTEM, claim=claims[1]).status == "absent"
    assert services.mark_present(SYSTEM, claim=claims[1]).status == "present"
    with pytest.raises(Refused):
        services.mark_present(SYSTEM, claim=claims[2])
    assert not differences()


def test_closing_ends_every_claim_and_nobody_signs_up_any_more(full):
    pool, _claims, _people = full
    assert services.close_occasion(SYSTEM, occasion=pool.occasion, why="场馆停电") == 4
    assert set(Claim.objects.values_list("status", "reason")) == {("cancelled", "场馆停电")}
    pool = Pool.objects.get(pk=pool.pk)
    assert (pool.taken, pool.held) == (0, 0)
    [late] = parties(1)
    with pytest.raises(Refused):
        claim(pool, late)
    pool.occasion.closed_at = None  # as somebody saw it who asked a moment before
    with pytest.raises(Refused):
        claim(pool, late)


def test_database_refuses_an_oversold_pool_and_changed_history(full):
    pool, _claims, _people = full
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(pk=pool.pk).update(taken=3)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Step.objects.update(why="x")


def test_counters_that_lie_are_found(full):
    pool, _claims, _people = full
    Pool.objects.filter(pk=pool.pk).update(taken=1)
    [difference] = differences()
    assert (difference.pool.pk, difference.taken) == (pool.pk, 2)


@pytest.mark.parametrize(
    ("hour", "hours"),
    [
        (2, 22),  # ten in the morning in Shanghai: twelve hours of today, ten of tomorrow
        (15, 10),  # eleven at night: as from eight tomorrow
    ],
)
def test_offer_stands_still_at_night(hour, hours):
    at = datetime(2026, 6, 1, hour, tzinfo=UTC)
    occasion = Occasion(
        offer_minutes=hours * 60,
        hurry_minutes=60,
        hurry_from=at + timedelta(days=9),
        offers_until=at + timedelta(days=10),
    )
    assert rules.offer_ends(occasion, at) == datetime(2026, 6, 2, 10, tzinfo=UTC)


def test_offer_on_the_last_day_lasts_an_hour_and_never_past_the_end():
    at = datetime(2026, 6, 1, 15, tzinfo=UTC)  # at night, too
    occasion = Occasion(
        offer_minutes=1440, hurry_minutes=60, hurry_from=at, offers_until=at + timedelta(hours=2)
    )
    assert rules.offer_ends(occasion, at) == at + timedelta(hours=1)
    assert rules.offer_ends(occasion, at + timedelta(minutes=90)) == at + timedelta(hours=2)


def test_party_claims_a_seat_for_each_of_its_people_once():
    pool, [party] = pool_of(3), parties(1)
    one, other = (claim(pool, party, subject=name) for name in ("anna", "bert"))
    assert (one.status, other.status, one.pk == other.pk) == ("confirmed", "confirmed", False)
    assert claim(pool, party, subject="anna").pk == one.pk  # the same wish once more
    with pytest.raises(Refused) as found:
        claim(pool, party, key="another wish", subject="anna")
    assert found.value.verdict.status == 409
    assert Pool.objects.get().taken == 2
    assert not differences()


def test_parties_merge_unless_one_person_has_two_claims():
    pool, [survivor, absorbed] = pool_of(4), parties(2)
    claim(pool, survivor, subject="anna")
    mine = claim(pool, absorbed, subject="bert")
    assert one_seat_each(survivor, absorbed)
    services.withdraw_claim(SYSTEM, claim=mine)
    claim(pool, absorbed, subject="anna", key="hers")
    assert one_seat_each(survivor, absorbed).status == 409
