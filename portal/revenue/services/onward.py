"""What an agency that is paid for both owes its creators, month by month."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Q, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext_noop

from portal.core import clock
from portal.core.actor import Actor
from portal.ledger.models import Entry
from portal.ledger.states import Kind, Track
from portal.revenue.bill_states import BillKind
from portal.revenue.models import (
    Agreement,
    AgreementVersion,
    Bill,
    OrderEvent,
    OrderLine,
    OrderLineQuerySet,
)
from portal.revenue.order_states import CAUSE
from portal.revenue.services.bills import raise_bill
from portal.revenue.states import PaperRole, Side

PART = gettext_noop("Creators' share, paid onward")


def raise_onward(actor: Actor) -> int:
    """Bills of the month before this one; how many are new."""
    month = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    papers = AgreementVersion.objects.filter(
        agreement__role=PaperRole.AGENCY_SHARE,
        document__contains='"paid_to"',
        in_force__startswith__lte=_last_day(month),
    )
    ids = papers.values_list("agreement_id", flat=True).distinct()
    return sum(_raise(actor, pk, month) for pk in ids)


@transaction.atomic
def _raise(actor: Actor, pk: UUID, month: date) -> bool:
    agreement = Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    key = f"{month:%Y-%m}"
    if Bill.objects.filter(agreement=agreement, code=PART, key=key).exists():
        return False
    versions = [
        version
        for version in agreement.versions.filter(in_force__isnull=False)
        if version.terms.paid_to is not None and not version.in_force.isempty
    ]
    amount = _settled(agreement, versions, month) - _billed(agreement)
    if amount <= 0:  # refunds of the month were more: carried on to the next
        return False
    latest = versions[0]
    days = latest.terms.paid_to.onward_days if latest.terms.paid_to else 0
    bill = Bill(
        agreement=agreement,
        version=latest,
        code=PART,
        key=key,
        kind=BillKind.ONWARD,
        payer=agreement.payee,
        payee=agreement.party_of(Side.PAYER),
        amount_fen=amount,
        due_on=_last_day(month) + timedelta(days=days),
    )
    raise_bill(actor, bill)
    return True


def _settled(agreement: Agreement, versions: list[AgreementVersion], month: date) -> int:
    """The creator's real share, to the month's end, of lines paid while the agency was paid for
    both."""
    paid = Q(pk=None)
    for version in versions:
        days = Q(paid_at__gte=_midnight(version.in_force.lower))
        if version.in_force.upper is not None:
            days &= Q(paid_at__lt=_midnight(version.in_force.upper))
        paid |= days
    events = OrderEvent.objects.filter(
        line__in=_lines(agreement).filter(paid), occurred_at__lt=_midnight(_after(month))
    )
    causes = events.annotate(cause=Cast("pk", CharField())).values("cause")
    rows = Entry.objects.filter(
        account__party=agreement.payer_id,
        account__kind=Kind.SHARE,
        account__track=Track.SETTLED,
        journal__cause_type=CAUSE,
        journal__cause_id__in=causes,
    )
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


def _lines(agreement: Agreement) -> OrderLineQuerySet:
    return OrderLine.objects.filter(creator=agreement.payer_id, agency=agreement.payee_id)


def _billed(agreement: Agreement) -> int:
    rows = Bill.objects.filter(agreement=agreement, kind=BillKind.ONWARD)
    return rows.aggregate(sum=Sum("amount_fen"))["sum"] or 0


def _last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _after(month: date) -> date:
    return _last_day(month) + timedelta(days=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI)
