"""Bills in the books: what the payee has coming is what the payer owes, until it is paid."""

from __future__ import annotations

from portal.core import clock
from portal.core.actor import Actor
from portal.ledger.fields import Leg, Posting
from portal.ledger.models import Journal
from portal.ledger.services import Place, open_accounts, post, reverse
from portal.ledger.states import Kind, Track
from portal.revenue.bill_states import CAUSE, BillKind
from portal.revenue.models import Bill


def post_bill(actor: Actor, bill: Bill) -> None:
    """From the day it is raised. What is paid onward leaves the creator's share of orders and
    becomes the agency's, which was paid for both; so the claim moves and does not double."""
    owed = Place(bill.payer_id, Kind.BILLS, Track.SETTLED)
    coming = Place(bill.payee_id, Kind.BILLS, Track.SETTLED)
    moves = [(owed, -bill.amount_fen), (coming, bill.amount_fen)]
    if bill.kind == BillKind.ONWARD:
        moves.append((Place(bill.payee_id, Kind.SHARE, Track.SETTLED), -bill.amount_fen))
        moves.append((Place(bill.payer_id, Kind.SHARE, Track.SETTLED), bill.amount_fen))
    accounts = open_accounts(actor, places=[place for place, _amount in moves])
    posting = Posting(
        key=_key(bill),
        cause_type=CAUSE,
        cause_id=str(bill.pk),
        occurred_at=bill.raised_at,
        text=f"{bill.title} {bill.due_on}",
        legs=[Leg(accounts[place], amount, bill.code) for place, amount in moves],
    )
    post(actor, posting=posting)


def release_bill(actor: Actor, bill: Bill) -> None:
    """Paid, or waived: nobody owes it any more. What was paid onward stays the agency's share."""
    if bill.kind != BillKind.ONWARD:
        journal = Journal.objects.get(key=_key(bill))
        reverse(actor, journal=journal, key=f"{_key(bill)}/end", text=f"{bill.title} {bill.status}")
        return
    owed = Place(bill.payer_id, Kind.BILLS, Track.SETTLED)
    coming = Place(bill.payee_id, Kind.BILLS, Track.SETTLED)
    accounts = open_accounts(actor, places=[owed, coming])
    legs = [
        Leg(accounts[owed], bill.amount_fen, bill.code),
        Leg(accounts[coming], -bill.amount_fen, bill.code),
    ]
    text = f"{bill.title} {bill.status}"
    end = Posting(f"{_key(bill)}/end", CAUSE, str(bill.pk), clock.now(), text, legs)
    post(actor, posting=end)


def _key(bill: Bill) -> str:
    return f"bill/{bill.pk}"
