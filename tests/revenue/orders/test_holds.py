"""Shares of order lines that wait for the outcome of a dispute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core import clock
from portal.revenue.models import LineHold, OrderLine
from portal.revenue.services import hold_lines, release_lines
from tests.factories import SYSTEM
from tests.revenue.agreements.making import agreed
from tests.revenue.orders.telling import GROSS, Order, books, record

pytestmark = pytest.mark.django_db
FEE = GROSS * 4 // 100  # the provider's


@pytest.fixture
def order(merchant, provider):
    """Of a shop whose provider has 4% of each order, paid the day after they agreed."""
    agreed(merchant, provider)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        order = Order(merchant)
        record(order.paid())
        yield order


def held(cause="d1", roles=("provider",)):
    return hold_lines(
        SYSTEM,
        lines=OrderLine.objects.values_list("pk", flat=True),
        roles=roles,
        cause_type="dispute",
        cause_id=cause,
    )


def released(cause="d1", returned_bp=0):
    return release_lines(SYSTEM, cause_type="dispute", cause_id=cause, returned_bp=returned_bp)


def settled_of(person, kind="share"):
    return books().get((person.party.pk, kind, "settled"), 0)


def test_what_was_settled_is_held_and_released(order, merchant, provider):
    record(order.settled())
    rest = settled_of(merchant)
    assert settled_of(provider) == FEE
    assert held() == 1
    assert (settled_of(provider), settled_of(provider, "held")) == (0, FEE)
    assert settled_of(merchant) == rest, "the other shares are paid on"
    assert released() == 1
    assert (settled_of(provider), settled_of(provider, "held")) == (FEE, 0)
    assert sum(books().values()) == 0


def test_what_settles_during_a_dispute_is_held(order, provider):
    held()
    record(order.settled())
    assert (settled_of(provider), settled_of(provider, "held")) == (0, FEE)


def test_estimates_are_not_held(order, provider):
    held()
    assert books()[provider.party.pk, "share", "estimated"] == FEE


def test_outcome_returns_a_part_to_the_merchant(order, merchant, provider):
    record(order.settled())
    before = settled_of(merchant)
    held()
    released(returned_bp=2_500)
    back = FEE // 4
    assert (settled_of(provider), settled_of(merchant)) == (FEE - back, before + back)
    record(order.refunded())
    assert (settled_of(provider), settled_of(merchant)) == (0, 0)
    assert sum(books().values()) == 0


def test_line_is_held_once_and_said_again_posts_nothing(order, provider):
    record(order.settled())
    assert (held(), held("d2")) == (1, 0)
    entries = books()
    assert released("d2") == 0
    assert books() == entries
    line = OrderLine.objects.get()
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        LineHold.objects.create(
            line=line, roles=["provider"], cause_type="x", cause_id="1", at=clock.now()
        )


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    share=st.integers(0, 10_000),
    refunds=st.lists(st.integers(1, 4_000), max_size=3),
    first=st.integers(1, GROSS - 1),
)
def test_whatever_comes_nothing_is_lost(order, merchant, provider, share, refunds, first):
    with transaction.atomic():
        record(order.settled(first), order.settled(GROSS - first, phase=2))
        held()
        released(returned_bp=share)
        for number, amount in enumerate(refunds):
            record(order.refunded(amount, hours=300 + number))
        left = GROSS - sum(refunds)
        gone = books()[None, "clearing", "settled"]
        assert gone == -left
        record(order.refunded(left, hours=400))
        assert settled_of(provider) == settled_of(merchant) == 0
        transaction.set_rollback(True)
