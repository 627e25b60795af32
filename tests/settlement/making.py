"""A small month to settle, for tests: orders of one merchant through a creator and a provider."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from portal.core import clock
from portal.ledger.fields import Leg, Posting
from portal.ledger.selectors import balances_of
from portal.ledger.services import Place, open_accounts, post
from portal.ledger.states import Kind, Track
from portal.parties.models import Party
from portal.parties.services import merge_parties
from portal.settlement import selectors, services
from portal.settlement.models import Run, Statement
from tests.conftest import Person
from tests.factories import SYSTEM
from tests.revenue.agreements.making import agreed
from tests.revenue.orders.telling import GROSS, Order, record

MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))
BEGIN = datetime(2026, 3, 2, 4, tzinfo=UTC)
COMMISSION = {"code": "佣金", "rate_bp": 2000, "party": "payee"}


def on(month: int, day: int, hour: int = 4) -> Any:
    return clock.standing_at(datetime(2026, month, day, hour, tzinfo=UTC))


def papers(merchant: Person, creator: Person, provider: Person | None = None, **more: Any) -> None:
    """In force from 3 March on: 20% for the creator, 4% for the provider."""
    with clock.standing_at(BEGIN):
        agreed(merchant, creator, role="commission", components=[COMMISSION])
        if provider is not None:
            agreed(merchant, provider, **more)


def sold(
    merchant: Person,
    creator: Person,
    name: str,
    *,
    month: int,
    day: int = 5,
    gross: int = GROSS,
    refunded: int = 0,
    back_after: int = 10,
    told: tuple[int, int] | None = None,
) -> Order:
    """Paid on the day, settled three days later; so much of it came back days after that. `told`:
    the day of the year on which it is brought in, where that is later."""
    with on(month, day):
        order = Order(merchant, creator, order=name)
    events = [order.paid(gross), order.settled(gross, hours=72)]
    if refunded:
        events.append(order.refunded(refunded, hours=24 * (3 + back_after)))
    soon = order.paid_at + timedelta(days=4 + (back_after if refunded else 0))
    with on(*told) if told else clock.standing_at(soon):
        record(*events)
    return order


def settled(maker: Person, month: date) -> Run:
    """Calculated and sent."""
    run = services.run_now(
        maker.actor, run=services.prepare_run(maker.actor, month=month, in_background=False)
    )
    return services.send_statements(maker.actor, run=run)


def approved(maker: Person, checker: Person, month: date) -> Run:
    """Nobody said a word for a week; then it is approved."""
    run = settled(maker, month)
    with clock.standing_at(clock.now() + timedelta(days=8)):
        services.agree_silent(SYSTEM)
        services.approve_statements(checker.actor, run=run)
    run.refresh_from_db()
    return run


def statement_of(person: Person, month: date | None = None) -> Statement:
    rows = Statement.objects.filter(party=person.party).order_by("-pk")
    found = (rows.filter(month=month) if month else rows).first()
    assert found is not None
    return found


def is_right() -> bool:
    return not [check for check in selectors.verification() if check.wrong]


def merged(absorbed: Party, survivor: Party) -> None:
    """Its money goes first, by a journal that says so."""
    legs = []
    for one in balances_of(absorbed.pk):
        if one.amount:
            place = Place(survivor.pk, Kind(one.kind), Track(one.track))
            there = open_accounts(SYSTEM, places=[place])[place]
            legs += [Leg(one.account_id, -one.amount), Leg(there, one.amount)]
    key = f"test/merge/{absorbed.pk}"
    posting = Posting(key, "test.merge", str(absorbed.pk), clock.now(), "合并", legs)
    if legs:
        post(SYSTEM, posting=posting)
    merge_parties(SYSTEM, survivor=survivor, absorbed=absorbed, why="同一家公司")
