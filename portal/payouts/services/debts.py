"""The platform's own debts: what it pays directly, and not out of orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.verdict import Flaw, Refused, flawless
from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, open_accounts, post, post_many
from portal.ledger.states import Kind, Track
from portal.parties.models import Party
from portal.payouts.fields import Owed
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
    post(actor, posting=_posting(debt, accounts[places[0]], accounts[places[1]]))
    audit.record(actor, "owe", debt, after=_said(debt))
    return debt


@transaction.atomic
def owe_many(actor: Actor, *, debts: Sequence[Owed], source: Kind) -> int:
    """The same of many parties in a few statements; how many were new. The caller holds the locks
    of them all."""
    known = set(
        Debt.objects.filter(key__in=[one.key for one in debts]).values_list("key", flat=True)
    )
    new = [one for one in debts if one.key not in known]
    if any(one.amount_fen <= 0 for one in new):
        raise Refused(flawless([Flaw("amount_fen", _("More than nothing."))]))
    now = clock.now()
    rows = [
        Debt(
            party_id=one.party_id,
            key=one.key,
            text=one.text,
            amount_fen=one.amount_fen,
            owed_at=now,
        )
        for one in new
    ]
    bulk.insert(rows)
    ways = [
        [Place(one.party_id, kind, Track.SETTLED) for kind in (source, Kind.PAYING)] for one in new
    ]
    accounts = open_accounts(actor, places=[place for way in ways for place in way]) if new else {}
    postings = [
        _posting(row, accounts[owing], accounts[paying])
        for row, (owing, paying) in zip(rows, ways, strict=True)
    ]
    post_many(actor, postings=postings)
    audit.record_many([audit.entry(actor, "owe", row, at=now, after=_said(row)) for row in rows])
    return len(rows)


def _posting(debt: Debt, owing: int, paying: int) -> Posting:
    return Posting(
        key=f"debt/{debt.key}",
        cause_type=DEBT_CAUSE,
        cause_id=str(debt.pk),
        occurred_at=debt.owed_at,
        text=f"{debt.text} {Money(debt.amount_fen)}",
        legs=[
            Leg(owing, -debt.amount_fen, "owed"),
            Leg(paying, debt.amount_fen, "owed"),
        ],
    )


def _said(debt: Debt) -> dict[str, Any]:
    return {"amount_fen": debt.amount_fen, "party": debt.party_id}
