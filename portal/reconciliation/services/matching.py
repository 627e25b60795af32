"""Finding out which bank row is which payment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.reconciliation import rules
from portal.reconciliation.claims import Payment, payments_of
from portal.reconciliation.engine import match_bank
from portal.reconciliation.models import BankMatch
from portal.reconciliation.selectors.bank import movement_of
from portal.reconciliation.services.finding import mark_found
from portal.reconciliation.states import MatchedBy
from portal.revenue.models import BankRow

APART = 5  # days between a payment and its row; a long weekend
Found = tuple[str, Payment]


@transaction.atomic
def match_rows(actor: Actor, *, first: date, last: date) -> int:
    """Match what was never matched and lies around these days. How many are new."""
    rules.can_count_day(actor).require()
    around = first - timedelta(days=APART), last + timedelta(days=APART)
    free = _unmatched(payments_of(*around))
    linked = [
        (source, one.claim.key, one.row_id, MatchedBy.PERSON)
        for source, one in free
        if one.row_id is not None
    ]
    made = _keep(linked)
    waiting = {f"{source}/{p.claim.key}": (source, p) for source, p in free if p.row_id is None}
    claims = [one.claim._replace(key=key) for key, (_source, one) in waiting.items()]
    # A match that somebody took back was wrong: its row is for people, too.
    known = BankMatch.objects.filter(row__booked_on__range=around)
    rows = BankRow.objects.filter(booked_on__range=around).exclude(pk__in=known.values("row_id"))
    found = match_bank(claims, [movement_of(row) for row in rows], days=APART)
    made += _keep(
        (waiting[claim.key][0], waiting[claim.key][1].claim.key, row.id, MatchedBy(how))
        for claim, row, how in found.pairs
    )
    mark_found(actor)
    return made


def _unmatched(payments: Sequence[Found]) -> list[Found]:
    """Never matched: where a match was taken back, a person finds the right one."""
    keys = [one.claim.key for _source, one in payments]
    rows = BankMatch.objects.filter(key__in=keys).values_list("source", "key")
    known = set(rows)
    return [(source, one) for source, one in payments if (source, one.claim.key) not in known]


def _keep(found: Iterable[tuple[str, str, int, MatchedBy]]) -> int:
    """What somebody else matched meanwhile stays as it is."""
    now = clock.now()
    rows = [
        BankMatch(source=source, key=key, row_id=row, how=how, matched_at=now)
        for source, key, row, how in found
    ]
    return len(BankMatch.objects.bulk_create(rows, ignore_conflicts=True))
