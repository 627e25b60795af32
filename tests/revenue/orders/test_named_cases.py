"""Cases that must be right, through the database; the engine's own are beside its tests."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from portal.core import clock
from portal.core.models import AuditEntry
from portal.ledger.models import Account
from portal.revenue import services
from portal.revenue.models import AgreementVersion, OrderLine
from tests.factories import SYSTEM
from tests.revenue.agreements.making import FEE, agreed, terms
from tests.revenue.orders.telling import Order, books, feed, record, shares

pytestmark = pytest.mark.django_db


def later(days=2):
    return clock.standing_at(clock.now() + timedelta(days=days))


def test_refund_of_a_refund_is_refused(merchant):
    order = Order(merchant)
    back = order.refunded(5_000, event_id="R1")
    record(order.paid(), order.settled(), back)
    before = books()
    again = order.refunded(5_000, hours=300, event_id="R2", refund_of="R1", row=9)
    with pytest.raises(services.OrderFaults) as refused:
        record(again)
    assert [(row, flaw.field) for row, flaw in refused.value.faults] == [(9, "refund_of")]
    with pytest.raises(services.OrderFaults):  # in one and the same file, too
        record(back._replace(event_id="R3"), again._replace(event_id="R4", refund_of="R3"))
    assert books() == before
    assert record(again._replace(refund_of="S1")).new == 1  # of what settled; a known one or not


def test_chargeback_won_pays_everybody_what_was_held(merchant, provider):
    """The bank asks for the money back: it is held until that is decided, and nothing was lost."""
    agreed(merchant, provider)
    with later():
        order = Order(merchant)
        record(order.paid(), order.settled())
        before, line = books(), OrderLine.objects.get()
        cause = {"cause_type": "chargeback", "cause_id": "1"}
        services.hold_lines(SYSTEM, lines=[line.pk], roles=["provider"], **cause)
        assert books() != before
        services.release_lines(SYSTEM, **cause)
        assert books() == before
        record(order.refunded())
    assert books() == {}


def test_chargeback_lost_is_a_refund(merchant, provider):
    agreed(merchant, provider)
    with later():
        order = Order(merchant)
        record(order.paid(), order.settled())
        line = OrderLine.objects.get()
        cause = {"cause_type": "chargeback", "cause_id": "1"}
        services.hold_lines(SYSTEM, lines=[line.pk], roles=["provider"], **cause)
        record(order.refunded())
        services.release_lines(SYSTEM, **cause)
    assert books() == {}


@pytest.mark.parametrize(
    ("lowers", "counts", "base"),
    [
        (False, False, 18_900),
        (True, False, 18_400),
        (False, True, 19_500),
        (True, True, 19_000),
    ],
)
def test_subsidies_and_freight(merchant, lowers, counts, base):
    """The shop's own coupon always lowers what is split; the rest as the feed says."""
    order = Order(merchant)
    told = {"shop_coupon": 1_000, "platform_coupon": 500, "freight": 600}
    from_ = feed(platform_coupon_lowers=lowers, freight_counts=counts)
    paid, settled = (one._replace(**told) for one in (order.paid(), order.settled()))
    record(paid, settled, feed_=from_)
    assert sum(shares("settled").values()) == base
    assert shares("estimated") == {}
    record(order.refunded(base), feed_=from_)
    assert books() == {}


@pytest.mark.parametrize(("rate", "fee"), [(0, 0), (9_500, 9_500)])
def test_zero_and_whole_rates(merchant, provider, rate, fee):
    """The platform's five percent come first; a provider may get all of the rest."""
    agreed(merchant, provider, components=[FEE | {"rate_bp": rate}])
    with later():
        order = Order(merchant)
        record(order.paid(10_000), order.settled(10_000))
        assert shares("settled").get(provider.party.pk, 0) == fee
        assert sum(shares("settled").values()) == 10_000
        record(order.refunded(10_000))
    assert books() == {}


@pytest.mark.parametrize("gross", [1, 100])
def test_a_1_fen_order_and_100_fen(merchant, creator, provider, gross):
    third = {"code": "三分", "rate_bp": 3_333, "party": "payee"}
    agreed(merchant, provider, components=[third])
    agreed(merchant, creator, role="commission", components=[third])
    with later():
        order = Order(merchant, creator)
        record(order.paid(gross), order.settled(gross))
        assert sum(shares("settled").values()) == gross
        record(*(order.refunded(1, hours=100 + fen) for fen in range(gross)))
    assert books() == {}


def test_overlapping_agreements_of_one_scope_are_refused(merchant, provider):
    """What is agreed later ends what held before; the database takes no two at once."""
    first, second = agreed(merchant, provider), agreed(merchant, provider, days=5)
    held = list(AgreementVersion.objects.filter(in_force__isempty=False).order_by("in_force"))
    assert [one.pk for one in held] == [first.pk, second.pk]
    assert held[0].in_force.upper == held[1].in_force.lower
    twin = AgreementVersion.objects.get(pk=second.pk)
    twin.pk, twin.number = uuid4(), 3
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_one_currency_per_account(merchant):
    record(Order(merchant).paid())
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(
            party=merchant.party,
            kind="share",
            track="settled",
            currency="USD",
            opened_at=clock.now(),
        )
    assert set(Account.objects.values_list("currency", flat=True)) == {"CNY"}


def test_who_changed_which_rate_and_when(merchant, provider):
    version = agreed(merchant, provider)
    with later():
        changed = terms(components=[FEE | {"rate_bp": 900}], note="涨价")
        services.propose_version(provider.actor, agreement=version.agreement, terms=changed)
        second = version.agreement.versions.first()
        services.accept_version(merchant.actor, version=second)
        now = clock.now()
    rows = AuditEntry.objects.filter(verb__in=["propose_version", "accept_version"])
    told = [(row.verb, row.user, row.party_id) for row in rows.order_by("pk")][-2:]
    assert told == [
        ("propose_version", provider.user, provider.party.pk),
        ("accept_version", merchant.user, merchant.party.pk),
    ]
    assert abs(rows.latest("pk").at - now) < timedelta(minutes=1)
    rates = [one.data["components"][0]["rate_bp"] for one in version.agreement.versions.all()]
    assert sorted(rates) == [400, 900]
