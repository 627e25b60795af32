"""Invoices as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.core import clock
from portal.core.actor import Actor
from portal.invoicing.engine import Withheld
from portal.invoicing.models import Invoice, InvoiceDue, TaxTable
from portal.invoicing.selectors.payees import (
    Payee,
    Tables,
    title_on,
    withholding_of,
)
from portal.invoicing.selectors.words import percent, table_in_words
from portal.invoicing.states import VAT_OF, TaxKind
from portal.parties.models import Party


def dues_of(actor: Actor) -> QuerySet[InvoiceDue]:
    return InvoiceDue.objects.visible_to(actor).select_related("issuer", "recipient")


def invoices_of(due: InvoiceDue) -> list[Invoice]:
    rows = due.invoices.select_related("due__issuer", "due__recipient").prefetch_related("lines")
    return list(rows.order_by("received_at", "pk"))


@dataclass(frozen=True, slots=True)
class Side:
    """What an invoice must say of one side; empty where it is not known."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class WantedInvoice:
    seller: Side
    buyer: Side
    rate: str


def wanted_in_words(due: InvoiceDue) -> WantedInvoice:
    """For whoever issues it, beside the form."""
    title = title_on(clock.today())
    if due.recipient is not None:
        buyer = Side(due.recipient.legal_name, due.recipient.uscc)
    else:
        buyer = Side(title.name, title.tax_number) if title is not None else Side("", "")
    rate = "" if due.rate_bp is None else percent(due.rate_bp)
    return WantedInvoice(Side(due.issuer.legal_name, due.issuer.uscc), buyer, rate)


@dataclass(frozen=True, slots=True)
class WithheldMonth:
    month: date
    withheld: Withheld


def withheld_months(party: Party, month: date, tables: Tables) -> list[WithheldMonth]:
    """The year up to this month; the months before the first income are left out."""
    found = withholding_of(party, month, tables=tables)
    first = month.month - len(found) + 1
    rows = [WithheldMonth(month.replace(month=first + at), one) for at, one in enumerate(found)]
    return [row for row in rows if row.withheld.cumulative or row.withheld.tax]


@dataclass(frozen=True, slots=True)
class TableInWords:
    row: TaxTable
    text: str


def tables_for(payee: Payee, day: date) -> list[TableInWords]:
    """The tables that hold for a payee, with their sources."""
    kinds = [VAT_OF[payee.taxpayer], TaxKind.INVOICE_DAYS]
    if payee.is_person:
        kinds = [TaxKind.VAT_PERSON, TaxKind.LABOUR]
    rows = TaxTable.objects.on(day).filter(kind__in=kinds)
    return [TableInWords(row, table_in_words(row)) for row in rows]
