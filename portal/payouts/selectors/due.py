"""What could be paid now, to whom, and what stands in the way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum

from portal.ledger.selectors import amounts_of, held_by
from portal.ledger.states import Kind
from portal.parties.models import Party
from portal.payouts.models import Debt, Item, PayoutRequest
from portal.payouts.rules import Due, terms_of_payouts
from portal.payouts.selectors.readiness import standings
from portal.payouts.states import ItemStatus, Readiness, Route

SHOWN = 100


def due_now(route: str, parties: Collection[int] | None = None) -> list[Due]:
    """The largest first."""
    found = money_due(parties) if route == Route.INSTITUTION else debts_due(parties)
    return sorted(found, key=lambda due: (-due.amount, due.party_id))


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Parties that wait for the same thing, and what they would get; in fen."""

    readiness: Readiness
    count: int
    amount: int

    @property
    def is_ready(self) -> bool:
        return self.readiness == Readiness.READY


@dataclass(frozen=True, slots=True)
class DuePage:
    """What a batch of this route would pay, and what it would not: who asked for it first, then the
    largest. Rows: with the time at which it was asked for."""

    route: Route
    groups: list[DueGroup]
    rows: list[tuple[Party, Due, datetime | None]]


def due_summary(route: Route) -> list[DueGroup]:
    return _groups(due_now(route))


def due_page(route: Route) -> DuePage:
    found, asked = due_now(route), _asked(route)
    shown = sorted(found, key=lambda due: due.party_id not in asked)[:SHOWN]
    parties = Party.objects.in_bulk([due.party_id for due in shown])
    rows = [(parties[due.party_id], due, asked.get(due.party_id)) for due in shown]
    return DuePage(route, _groups(found), rows)


def _asked(route: Route) -> dict[int, datetime]:
    if route != Route.INSTITUTION:
        return {}
    return dict(PayoutRequest.objects.waiting().values_list("party_id", "asked_at"))


def _groups(found: list[Due]) -> list[DueGroup]:
    groups = []
    for readiness in Readiness:
        of = [due.amount for due in found if due.readiness == readiness]
        if of:
            groups.append(DueGroup(readiness, len(of), sum(of)))
    return groups


def due_of(party: Party) -> Due | None:
    """What a batch could pay to the party now; None: nothing is available."""
    return next(iter(money_due([party.pk])), None)


def parties_that_ask() -> list[int]:
    return list(PayoutRequest.objects.waiting().values_list("party_id", flat=True))


def requests_waiting() -> DueGroup | None:
    """How many wait, and how much was available to them when they asked."""
    rows = PayoutRequest.objects.waiting()
    found = rows.aggregate(count=Count("pk"), sum=Sum("amount_fen", default=0))
    return DueGroup(Readiness.READY, found["count"], found["sum"]) if found["count"] else None


def money_of(party: Party) -> dict[str, int]:
    """What its page says above the list; in fen."""
    kinds = (Kind.AVAILABLE, Kind.PAYING)
    return {kind.value: held_by(party.pk, kind) or 0 for kind in kinds}


def money_due(parties: Collection[int] | None = None) -> list[Due]:
    """Of orders: what is available and in no batch that waits for its second person."""
    planned = Item.objects.filter(status=ItemStatus.PLANNED, debt=None)
    taken = dict(planned.values_list("party").annotate(sum=Sum("amount_fen")).order_by())
    rest = {
        party: amount - taken.get(party, 0)
        for party, amount in amounts_of(Kind.AVAILABLE, parties).items()
    }
    return _due(rest, Route.INSTITUTION, terms_of_payouts().minimum_fen)


def debts_due(parties: Collection[int] | None = None) -> list[Due]:
    """The platform's own debts, however small."""
    rows = Debt.objects.to_pay()
    if parties is not None:
        rows = rows.filter(party__in=parties)
    owed: dict[int, int] = {}
    for debt in rows:
        owed[debt.party_id] = owed.get(debt.party_id, 0) + debt.rest_fen
    return _due(owed, Route.DIRECT, 1)


def _due(amounts: dict[int, int], route: Route, minimum: int) -> list[Due]:
    positive = {party: amount for party, amount in amounts.items() if amount > 0}
    returned = _returned_parties(positive) if route == Route.INSTITUTION else set()
    known = standings(list(positive))
    found = []
    for party, amount in positive.items():
        readiness = known[party].readiness(route)
        is_small = amount < minimum and party not in returned
        if readiness == Readiness.READY and is_small:
            readiness = Readiness.BELOW
        account = known[party].account
        found.append(Due(party, amount, readiness, account.pk if account else None))
    return found


def _returned_parties(parties: Collection[int]) -> set[int]:
    """What the bank returned is tried again, however small."""
    rows = Item.objects.to_retry().filter(party__in=parties, debt=None)
    return set(rows.values_list("party_id", flat=True))
