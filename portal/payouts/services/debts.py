"""The platform's own debts: what it pays directly, and not out of orders."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.verdict import Flaw, Refused, flawless
from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, open_accounts, post
from portal.ledger.states import Kind, Track
from portal.parties.models import Party
from portal.payouts.models import Debt
from portal.payouts.states import DEBT_CAUSE


@transaction.atomic
def owe(actor: Actor, *, party: Party, key: str, text: str, amount_fen: int, source: Kind) -> Debt:
    """From the party's account `source` onto its way to the bank. The caller has asked its own rule
    and holds the party's lock. The same key again finds the debt."""
    known = Debt.objects.filter(key=key).first()
    if known is not None:
        return known
    if amount_fen <= 0:
        raise Refused(flawless([Flaw("amount_fen", _("More than nothing."))]))
    debt = Debt.objects.create(
        party=party, key=key, text=text, amount_fen=amount_fen, owed_at=clock.now()
    )
    places = [Place(party.pk, kind, Track.SETTLED) for kind in (source, Kind.PAYING)]
    accounts = open_accounts(actor, places=places)
    posting = Posting(
        key=f"debt/{key}",
        cause_type=DEBT_CAUSE,
        cause_id=str(debt.pk),
        occurred_at=debt.owed_at,
        text=f"{text} {Money(amount_fen)}",
        legs=[
            Leg(accounts[places[0]], -amount_fen, "owed"),
            Leg(accounts[places[1]], amount_fen, "owed"),
        ],
    )
    post(actor, posting=posting)
    audit.record(actor, "owe", debt, after={"amount_fen": amount_fen, "party": party.pk})
    return debt
