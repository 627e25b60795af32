"""Bills as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from portal.core import clock
from portal.core.actor import Actor
from portal.revenue import engine
from portal.revenue.models import Agreement, AgreementVersion, Bill, BillStep

LOOK_AHEAD = timedelta(days=92)


def bills_of(actor: Actor) -> QuerySet[Bill]:
    mine = Bill.objects.visible_to(actor)
    return mine.select_related("agreement__payer", "agreement__payee", "payer", "payee")


def steps_of(bill: Bill) -> list[BillStep]:
    return list(bill.steps.select_related("person", "party").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Coming:
    """What a paper says is due and is not billed yet."""

    component: engine.InvoiceComponent
    due: engine.Due


def coming_of(version: AgreementVersion, bills: list[Bill]) -> list[Coming]:
    """In the next three months, in the order of their days."""
    if version.in_force is None or version.in_force.isempty:
        return []
    known = {(bill.code, bill.key) for bill in bills}
    first, until = version.in_force.lower, version.in_force.upper
    upto = clock.today() + LOOK_AHEAD
    found = [
        Coming(component, due)
        for component in version.terms.invoice_components
        for due in engine.dues(component, first, until, upto)
        if (component.code, due.key) not in known
    ]
    return sorted(found, key=lambda one: one.due.on)


def callable_of(actor: Actor, agreement: Agreement, version: AgreementVersion | None) -> list[str]:
    """Codes of the parts that this side may call for."""
    if version is None:
        return []
    return [
        one.code
        for one in version.terms.invoice_components
        if one.due.when is engine.BillWhen.CALL
        and actor.speaks_for(agreement.party_of(one.party).pk)
    ]
