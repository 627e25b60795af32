"""Which bank row a payment is, and that it was another one, where people find it."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.reconciliation import rules
from portal.reconciliation.claims import payments_of
from portal.reconciliation.models import BankMatch, Difference
from portal.reconciliation.selectors import NEAR
from portal.reconciliation.services.counting import count_day
from portal.reconciliation.services.finding import lose_found
from portal.reconciliation.services.resolving import lock_difference
from portal.reconciliation.states import MatchedBy
from portal.revenue.models import BankRow


@transaction.atomic
def match_row(actor: Actor, *, difference: Difference, row: BankRow) -> BankMatch:
    """This bank row is the payment that is missing; the day is counted again."""
    difference = lock_difference(difference)
    rules.can_match_row(actor, difference, row).require()
    source, key = difference.key.split("/", 1)
    try:
        with transaction.atomic():
            match = BankMatch.objects.create(
                row=row,
                source=source,
                key=key,
                how=MatchedBy.PERSON,
                matched_at=clock.now(),
                matched_by=actor.user,
            )
    except IntegrityError as error:  # somebody else was quicker
        rules.can_match_row(actor, difference, row).require()
        raise Refused(conflict(_("This payment was found already."))) from error
    audit.record(actor, "match_bank_row", match, after={"row": str(row), "payment": key})
    _count_again(actor, {difference.day.day, row.booked_on})
    return match


@transaction.atomic
def end_match(actor: Actor, *, match: BankMatch, why: str) -> BankMatch:
    """It was another payment: both are free again, what it paid is no longer found, and their days
    are counted again."""
    rows = BankMatch.objects.select_for_update(of=("self",), no_key=True).select_related("row")
    match = rows.get(pk=match.pk)
    rules.can_end_match(actor, match).require()
    match.ended_at = clock.now()
    match.save(update_fields=["ended_at"])
    audit.record(actor, "end_bank_match", match, why=why)
    lose_found(actor, match, why)
    _count_again(actor, {match.row.booked_on, *_days_of(match)})
    return match


def _days_of(match: BankMatch) -> set[date]:
    """Of the payment, by the books."""
    booked_on = match.row.booked_on
    return {
        one.claim.day
        for source, one in payments_of(booked_on - NEAR, booked_on + NEAR)
        if (source, one.claim.key) == (match.source, match.key)
    }


def _count_again(actor: Actor, days: set[date]) -> None:
    for day in sorted(days):
        count_day(actor, feed=None, day=day)
