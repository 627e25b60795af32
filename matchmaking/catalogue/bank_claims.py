"""Deposits at the bank: what creators paid in, and what went back to them from there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse

from matchmaking.catalogue.models import DepositMove
from matchmaking.catalogue.states import MoveKind, MoveStatus
from portal.core import clock
from portal.ledger.models import Entry
from portal.ledger.states import Kind
from portal.reconciliation.claims import Payment, register_claims
from portal.reconciliation.engine import Claim


def payments_of_deposits(first: date, last: date) -> Iterator[Payment]:
    """On the day finance said that it moved. What is paid back by a payout is that payout's."""
    since, until = (
        datetime.combine(day, time(), clock.SHANGHAI) for day in (first, last + timedelta(days=1))
    )
    rows = DepositMove.objects.filter(
        status=MoveStatus.APPROVED, decided_at__gte=since, decided_at__lt=until
    ).exclude(kind=MoveKind.PENALTY)
    moves = list(rows.select_related("creator").order_by("decided_at", "pk"))
    at_bank = _at_bank(moves)
    for move in moves:
        if move.decided_at is None or f"deposit/{move.pk}" not in at_bank:
            continue
        claim = Claim(
            str(move.pk),
            clock.day_of(move.decided_at),
            move.signed_fen,
            move.reference,
            move.creator.legal_name,
        )
        title = f"{move.creator.name} · {move.get_kind_display()}"
        url = reverse("admin:catalogue_depositmove_change", args=[move.pk])
        yield Payment(claim, title, url)


def _at_bank(moves: list[DepositMove]) -> set[str]:
    """Keys of the journals that moved money where deposits are kept."""
    keys = [f"deposit/{move.pk}" for move in moves]
    legs = Entry.objects.filter(journal__key__in=keys, account__kind=Kind.CUSTODY)
    return set(legs.values_list("journal__key", flat=True))


register_claims("deposit", payments_of_deposits)
