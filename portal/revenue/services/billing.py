"""What beat does with bills: raise what is due soon, tell what is late, measure targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Least

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.revenue import engine
from portal.revenue.bill_states import (
    MEASURED_AFTER,
    RAISED_AHEAD,
    REFUND_WITHIN,
    BillKind,
    BillStatus,
    StepKind,
)
from portal.revenue.models import Agreement, AgreementVersion, Bill, BillStep, OrderLine
from portal.revenue.services.bills import raise_bill, tell_late
from portal.revenue.states import PaperRole, ScopeKind, VersionStatus

MOST = 500
WITH_BILLS = '"invoice_components"'
PAYEE_ROLES = {  # role of a paper → who of a line its payee is
    PaperRole.COMMISSION: ("creator", "agency"),
    PaperRole.AGENCY_SHARE: ("agency",),
    PaperRole.PROVIDER_FEE: ("provider",),
    PaperRole.RECRUITING_FEE: ("leader",),
}
SCOPES = {ScopeKind.SHOP: "shop", ScopeKind.ACCOUNT: "account", ScopeKind.PRODUCT: "product"}


def raise_bills(actor: Actor) -> int:
    """Bills for what papers say is due within a week, or was; how many are new."""
    soon = clock.today() + RAISED_AHEAD
    versions = AgreementVersion.objects.filter(
        document__contains=WITH_BILLS, in_force__startswith__lte=soon
    )
    rows = versions.select_related("agreement").order_by("agreement_id", "number")
    return sum(_raise_of(actor, version, soon) for version in rows.iterator(chunk_size=200))


def _raise_of(actor: Actor, version: AgreementVersion, soon: date) -> int:
    known = set(Bill.objects.filter(agreement=version.agreement_id).values_list("code", "key"))
    wanted = [bill for bill in _due_bills(version, soon) if (bill.code, bill.key) not in known]
    return sum(raise_once(actor, bill) for bill in wanted)


def _due_bills(version: AgreementVersion, soon: date) -> Iterator[Bill]:
    first, until = version.in_force.lower, version.in_force.upper
    agreement = version.agreement
    for component in version.terms.invoice_components:
        for due in engine.dues(component, first, until, soon):
            yield Bill(
                agreement=agreement,
                version=version,
                code=component.code,
                key=due.key,
                kind=BillKind(component.kind),
                payer=agreement.party_of(component.payer),
                payee=agreement.party_of(component.party),
                amount_fen=component.amount_fen,
                due_on=due.on,
            )


@transaction.atomic
def raise_once(actor: Actor, bill: Bill) -> bool:
    """Two beats at once make one bill: they wait for the agreement. Of parts above, which leave the
    version to us: the one that was accepted last."""
    Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=bill.agreement_id)
    if Bill.objects.filter(agreement=bill.agreement_id, code=bill.code, key=bill.key).exists():
        return False
    if bill.version_id is None:
        accepted = AgreementVersion.objects.filter(agreement=bill.agreement_id)
        bill.version = accepted.filter(status=VersionStatus.ACCEPTED).latest("number")
    raise_bill(actor, bill)
    return True


def tell_late_bills(actor: Actor) -> int:
    """Tell both sides of what was due yesterday or before; how many."""
    rows = Bill.objects.late().exclude(steps__kind=StepKind.LATE).order_by("due_on", "pk")
    return sum(tell_late(actor, bill) for bill in rows[:MOST])


def measure_bills(actor: Actor) -> int:
    """Refunds of paid bills whose target's window is over: how many were measured."""
    rows = Bill.objects.filter(
        status=BillStatus.PAID,
        measured_at=None,
        refunds=None,
        version__document__contains='"refund"',
    )
    over = (bill for bill in rows.select_related("version") if _ladder_over(bill) is not None)
    return sum(_measure(actor, bill) for bill in islice(over, MOST))


def _ladder_over(bill: Bill) -> engine.RefundLadder | None:
    """Its ladder, once what was sold in the window has had time to settle."""
    parts = bill.version.terms.invoice_components
    ladder = next((one.refund for one in parts if one.code == bill.code), None)
    if ladder is None:
        return None
    over = bill.due_on + timedelta(days=ladder.days) + MEASURED_AFTER
    return ladder if over <= clock.today() else None


@transaction.atomic
def _measure(actor: Actor, bill: Bill) -> bool:
    """Keep what was reached; what comes back is a bill the other way round."""
    bill = Bill.objects.select_for_update(of=("self",), no_key=True).get(pk=bill.pk)
    ladder = _ladder_over(bill)
    if bill.measured_at is not None or ladder is None:
        return False
    bill.reached_fen, bill.measured_at = reached_by(bill, ladder), clock.now()
    bill.save(update_fields=["reached_fen", "measured_at"])
    BillStep.objects.create(bill=bill, kind=StepKind.MEASURED, at=clock.now())
    audit.record(actor, "measure_bill", bill, after={"reached_fen": bill.reached_fen})
    amount = engine.refund_of(bill.amount_fen, ladder, bill.reached_fen)
    if amount:
        raise_bill(actor, _refund(bill, amount))
    return True


def _refund(bill: Bill, amount: int) -> Bill:
    return Bill(
        agreement_id=bill.agreement_id,
        version_id=bill.version_id,
        code=bill.code,
        key=bill.key,
        kind=BillKind.REFUND,
        payer=bill.payee,
        payee=bill.payer,
        amount_fen=amount,
        due_on=clock.today() + REFUND_WITHIN,
        refunds=bill,
    )


def reached_by(bill: Bill, ladder: engine.RefundLadder) -> int:
    """Settled net turnover of what the paper covers and was paid in the window, in fen."""
    agreement = bill.agreement
    begins = datetime.combine(bill.due_on, time(), clock.SHANGHAI)
    lines = OrderLine.objects.filter(
        paid_at__gte=begins, paid_at__lt=begins + timedelta(days=ladder.days)
    )
    sides = Q()
    for role in PAYEE_ROLES[PaperRole(agreement.role)]:
        sides |= Q(**{role: agreement.payee_id})
    payer = "creator" if agreement.role == PaperRole.AGENCY_SHARE else "merchant"
    lines = lines.filter(sides, **{payer: agreement.payer_id})
    if name := SCOPES.get(ScopeKind(agreement.scope_kind)):
        lines = lines.filter(**{name: agreement.scope_key})
    if agreement.products:  # of a cooperation
        lines = lines.filter(product__in=agreement.products)
    # A refund takes what is not settled yet first.
    net = Least("settled_fen", F("paid_fen") - F("refunded_fen"))
    return max(lines.aggregate(net=Sum(net))["net"] or 0, 0)
