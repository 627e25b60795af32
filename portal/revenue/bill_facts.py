"""Facts that bills make for the evaluation, of providers and agencies that had to pay: 100 where
the payment was shown by its day, found at the bank and never handed back; 0 where it was late,
handed back, or not shown a month later. What was waived makes none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.selectors import unrecorded
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from portal.parties.states import PartyKind
from portal.revenue.bill_states import BillStatus, StepKind
from portal.revenue.models import Bill, BillStep

MEASURE, REF = "statement_on_time", "revenue.bill"
RATED = (PartyKind.PROVIDER, PartyKind.AGENCY)
GIVEN_UP_AFTER = timedelta(days=30)
BACK = timedelta(days=400)
MOST = 2_000  # in one sweep; the next takes the others


def record_bill_facts(actor: Actor) -> int:
    """How many there were new."""
    return record_facts(system_actor(actor.via), facts=bill_facts(), once=True)


def bill_facts() -> list[FactFields]:
    """Of bills that made none yet."""
    new = unrecorded(_judged(clock.today()), measure=MEASURE, ref_kind=REF)
    return list(_facts(new.order_by("pk")[:MOST]))


def _judged(today: date) -> QuerySet[Bill]:
    """Those of which it is known."""
    owed = Bill.objects.filter(payer__kind__in=RATED, due_on__range=(today - BACK, today))
    given_up = Q(status=BillStatus.OPEN, due_on__lt=today - GIVEN_UP_AFTER)
    return owed.filter(Q(status=BillStatus.PAID, ended_at__lte=clock.now()) | given_up)


def _facts(bills: QuerySet[Bill]) -> Iterator[FactFields]:
    columns = ("pk", "payer", "payee", "due_on", "paid_on", "ended_at")
    rows = list(bills.values_list(*columns))
    steps = BillStep.objects.filter(bill__in=[row[0] for row in rows], kind=StepKind.RETURNED)
    returned = set(steps.values_list("bill", flat=True))
    for pk, payer, payee, due_on, paid_on, ended_at in rows:
        ended = clock.day_of(ended_at) if ended_at else clock.today()
        is_good = paid_on is not None and paid_on <= due_on and pk not in returned
        yield FactFields(
            party_id=payer,
            measure=MEASURE,
            value=100.0 if is_good else 0.0,
            starts_on=min(due_on, ended),
            ends_on=ended,
            grade=Grade.CONFIRMED,
            ref_kind=REF,
            ref_id=str(pk),
            counterpart_id=payee,
        )


def _url(actor: Actor, ref_id: str) -> str | None:
    bill = Bill.objects.visible_to(actor).filter(pk=ref_id).first()
    return bill.get_absolute_url() if bill else None


register_row_link(REF, _url, _("Bill"))
