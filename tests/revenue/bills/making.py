"""Papers with bills, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.revenue import services
from portal.revenue.models import AgreementVersion, BankRow, Bill
from tests import factories
from tests.conftest import Person
from tests.factories import SYSTEM
from tests.revenue.agreements.making import FEE, agreed

AMOUNT = 2_000_000
LADDER = {
    "of": "net_gmv",
    "target_fen": 10_000_000,
    "days": 30,
    "bands": [
        {"from_bp": 0, "refund_bp": 10_000},
        {"from_bp": 5000, "refund_bp": 5000},
        {"from_bp": 10_000, "refund_bp": 0},
    ],
}


def part(**changes: Any) -> dict[str, Any]:
    """A pit fee, two days after the first day."""
    defaults = {
        "code": "坑位费",
        "kind": "pit_fee",
        "party": "payee",
        "amount_fen": AMOUNT,
        "due": {"when": "start", "days": 2},
    }
    return defaults | changes


def paper(by: Person, to: Person, *parts: dict[str, Any], **changes: Any) -> AgreementVersion:
    """A provider's fee or a creator's commission, with bills beside it."""
    assert to.party is not None
    defaults = {
        "role": "provider_fee" if to.party.kind == "provider" else "commission",
        "components": [FEE],
        "invoice_components": list(parts) or [part()],
    }
    return agreed(by, to, **(defaults | changes))


def raised(by: Person, to: Person, **changes: Any) -> Bill:
    """One bill, as beat raises it."""
    version = paper(by, to, part(**changes))
    services.raise_bills(SYSTEM)
    return Bill.objects.get(agreement=version.agreement_id)


def proved(bill: Bill, payer: Person) -> Bill:
    return services.prove_payment(
        payer.actor, bill=bill, file=factories.picture("receipt.png"), paid_on=clock.today()
    )


def bank_row(amount: int = AMOUNT, reference: str = "B1") -> BankRow:
    row = {
        "account": "8801",
        "reference": reference,
        "booked_on": clock.today(),
        "amount": amount,
        "counterparty": None,
        "memo": None,
    }
    services.record_bank_rows(SYSTEM, rows=[row])
    return BankRow.objects.get(reference=reference)


def later(days: int) -> Any:
    return clock.standing_at(clock.now() + timedelta(days=days))
