"""Rules against gaming, on what they see and in what they leave in sight."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.evaluation.gathering import Gaming
from portal.evaluation.models import Fact
from portal.evaluation.rules.gaming import Order, pairs_that_belong_together, strikes_of_orders
from portal.evaluation.services import record_facts
from portal.evaluation.states import Strike
from portal.parties.models import Membership, Party
from portal.parties.states import Role
from tests.evaluation.test_facts import fields
from tests.factories import SYSTEM

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def order(key, payer, hours=None):
    refunded = None if hours is None else NOON + timedelta(hours=hours)
    return Order(key, payer, NOON, refunded)


def test_orders_refunded_within_the_hours_are_struck():
    orders = [order(1, "a", 23), order(2, "b", 24), order(3, "c", 24.01), order(4, "d")]
    assert strikes_of_orders(orders, Gaming()) == dict.fromkeys((1, 2), Strike.QUICK_REFUND)


def test_orders_of_one_payer_are_struck_from_number_and_share():
    few = [order(at, "same") for at in range(4)] + [order(9, "other")]
    assert strikes_of_orders(few, Gaming()) == {}
    five = [order(at, "same") for at in range(5)] + [order(9, "other")]
    assert strikes_of_orders(five, Gaming()) == dict.fromkeys(range(5), Strike.SAME_PAYER)
    among_many = [order(at, "same") for at in range(5)] + [order(at, at) for at in range(10, 30)]
    assert strikes_of_orders(among_many, Gaming()) == {}


def test_quick_refunds_do_not_make_a_cluster():
    orders = [order(at, "same", 1 if at < 2 else None) for at in range(6)] + [order(9, "other")]
    assert set(strikes_of_orders(orders, Gaming()).values()) == {Strike.QUICK_REFUND}


def test_pairs_belong_together_by_any_bond():
    bonds = [(1, "x"), (2, "x"), (3, "y"), (4, ("x",))]
    pairs = [(1, 2), (1, 3), (3, 4), (5, 6)]
    assert pairs_that_belong_together(pairs, bonds) == {(1, 2)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("detail", "strike"),
    [
        ({"cooperation_days": 29}, Strike.SHORT_COOPERATION),
        ({"cooperation_days": 30}, ""),
        ({"cooperation_days": 30, "is_paid": False}, Strike.UNPAID),
        ({"cooperation_days": 30, "is_paid": True}, ""),
        ({}, ""),
    ],
)
def test_reviews_count_from_paid_cooperations_of_thirty_days(provider, merchant, detail, strike):
    record_facts(SYSTEM, facts=[fields(provider, merchant, detail=detail)])
    assert Fact.objects.get().strike == strike


@pytest.mark.django_db
def test_a_fact_between_two_that_share_a_member_is_struck(provider, merchant, rival):
    Membership.objects.create(
        user=provider.user,
        party=merchant.party,
        role=Role.MEMBER,
        created_at=merchant.party.created_at,
    )
    rows = [fields(provider, merchant, 1), fields(rival, merchant, 2)]
    record_facts(SYSTEM, facts=rows)
    struck = dict(Fact.objects.values_list("party", "strike"))
    assert struck == {provider.party.pk: Strike.SELF_DEALING, rival.party.pk: ""}


@pytest.mark.django_db
def test_a_fact_between_two_roles_of_one_firm_is_struck(provider, merchant):
    Party.objects.filter(pk=merchant.party.pk).update(uscc=provider.party.uscc)
    record_facts(SYSTEM, facts=[fields(provider, merchant)])
    assert Fact.objects.get().strike == Strike.SELF_DEALING
    assert list(Fact.objects.counted()) == []
