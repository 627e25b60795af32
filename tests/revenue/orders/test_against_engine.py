"""Lives of orders that are as long and as crooked as they come, told to the site in batches and in
any order, against the engine's own files: each event moves the same, to the fen."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from portal.core import clock
from portal.ledger.models import Entry
from portal.ledger.selectors import verification
from portal.revenue import engine
from portal.revenue.models import OrderLine
from portal.revenue.order_fields import EventFields
from portal.revenue.order_states import CAUSE
from tests.revenue.agreements.making import agreed
from tests.revenue.orders.telling import Order, books, record

pytestmark = pytest.mark.django_db
LONGEST = int(os.environ.get("TRILINK_LONGEST_CHAIN", "40"))  # events of one line
LINES, SEEDS = 4, range(3)
COMMISSION = {
    "code": "佣金",
    "rate_bp": 1333,
    "party": "payee",
    "components": [{"code": "技术服务费", "rate_bp": 777, "party": "platform"}],
}
LADDER = {"code": "服务费", "rate_bp": 333, "party": "payee", "cap_fen": 700}


@pytest.fixture
def cast(merchant, creator, provider):
    agreed(merchant, provider, components=[LADDER])
    agreed(merchant, creator, role="commission", components=[COMMISSION])
    return merchant, creator


def life(order: Order, random: Random, length: int) -> list[EventFields]:
    """Paid, then settled and given back in turns; often one fen, sometimes nothing, at times at one
    and the same moment."""
    gross = random.choice([1, 100, random.randint(1, 500), random.randint(1, 10**9)])
    told = [order.paid(gross, event_id=f"{order.facts.order}-0")]
    estimate, back, phase, hours = gross, 0, 0, 1
    for number in range(1, length):
        hours += random.choice([0, 1, 30])
        name = {"event_id": f"{order.facts.order}-{number}", "hours": hours}
        if estimate and random.random() < 0.4:
            part = random.choice([1, random.randint(0, estimate)])
            phase, estimate = phase + 1, estimate - part
            told.append(order.settled(part, phase=phase, **name))
        elif back < gross:
            part = random.choice([1, random.randint(1, gross - back)])
            back, estimate = back + part, estimate - min(part, estimate)
            told.append(order.refunded(part, **name))
    return told


def sound(told: list[EventFields]) -> bool:
    """At one moment what settled comes first, which may leave less than what was meant."""
    try:
        posted(told, None)
    except engine.EventFaults:
        return False
    return True


def posted(told: list[EventFields], tree: engine.Agreement | None) -> Counter:
    """By event, component, party and track, as the command `split` writes them."""
    plain = {"version": 1, "effective_from": "2000-01-01", "residual": "m", "components": []}
    agreement = tree or engine.parse_agreement(plain)
    events = [
        engine.Event(
            *(one.facts.order, one.facts.line, engine.Kind(one.kind), one.phase, one.gross),
            *(one.occurred_at, one.event_id),
        )
        for one in told
    ]
    sums: Counter = Counter()
    for posting in engine.post_events(agreement, events).postings:
        for leg, amount in zip(agreement.legs, posting.amounts, strict=True):
            sums[posting.event.event_id, *leg, str(posting.track)] += amount
    return Counter({key: amount for key, amount in sums.items() if amount})


def in_the_books(line: OrderLine) -> Counter:
    """The same of the database, by what was posted for each event in all."""
    names = {str(event.pk): event.event_id for event in line.events.all()}
    role_of = {line.party_id_of(role): role for role in ("merchant", "creator", "provider")}
    rows = Entry.objects.filter(journal__cause_type=CAUSE, journal__cause_id__in=list(names))
    sums: Counter = Counter()
    for entry in rows.exclude(account__kind="clearing").select_related("account", "journal"):
        role = role_of.get(entry.account.party_id, engine.PLATFORM)
        name = names[entry.journal.cause_id]
        sums[name, entry.part, role, entry.account.track] += entry.amount
    return Counter({key: amount for key, amount in sums.items() if amount})


@pytest.mark.parametrize("seed", SEEDS)
def test_random_refund_chains_agree_with_the_engine_to_the_fen(cast, seed):
    random = Random(seed)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        lives = []
        while len(lives) < LINES:
            told = life(Order(*cast, order=f"C{seed}-{len(lives)}"), random, LONGEST)
            lives += [told] if sound(told) else []
        rest = [one for told in lives for one in told]
        random.shuffle(rest)
        while rest:
            size = random.randint(1, max(1, len(rest) // 3))
            some, rest = rest[:size], rest[size:]
            some += random.sample(some, len(some) // 3)  # told twice
            record(*(one._replace(row=row) for row, one in enumerate(some)))
    for told in lives:
        line = OrderLine.objects.get(order=told[0].facts.order)
        tree = engine.parse_agreement(json.loads(line.terms.document))
        assert in_the_books(line) == posted(told, tree)
        assert line.refunded_fen == sum(one.gross for one in told if one.kind == "refunded")
    assert not [check for check in verification() if check.wrong]


def test_fen_by_fen_to_nothing(cast):
    """The longest way back to zero: a fen at a time, the last one first."""
    with clock.standing_at(clock.now() + timedelta(days=2)):
        order = Order(*cast)
        back = [order.refunded(1, hours=50 + n, event_id=f"R{n}") for n in range(LONGEST)]
        record(order.paid(LONGEST), order.settled(LONGEST // 3), *reversed(back[1:]))
        assert books() != {}
        record(back[0])
    assert books() == {}
