"""Tables of tax as people read them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.core.money import Money
from portal.invoicing import engine
from portal.invoicing.engine import Difference, Method, Table, Unreadable, VatTable
from portal.invoicing.models import Invoice, TaxTable


def percent(rate_bp: int) -> str:
    """`6%`, `0.5%`."""
    return f"{rate_bp / 100:g}%"


def table_in_words(row: TaxTable) -> str:
    table = engine.read_table(row.body)
    if isinstance(table, VatTable):
        return _vat(table)
    if isinstance(table, Table):
        return _withholding(table)
    return _("%(n)s days") % {"n": table}


def _vat(table: VatTable) -> str:
    if table.free_upto_fen is None:
        return percent(table.rate_bp)
    sentence = _("%(rate)s, free up to %(sum)s a month")
    return sentence % {"rate": percent(table.rate_bp), "sum": Money(table.free_upto_fen).short}


def _withholding(table: Table) -> str:
    bands = _(", ").join(
        _("%(rate)s up to %(sum)s")
        % {"rate": percent(band.rate_bp), "sum": Money(band.upto_fen).short}
        if band.upto_fen is not None
        else _("%(rate)s above") % {"rate": percent(band.rate_bp)}
        for band in table.bands
    )
    if table.method is Method.CUMULATIVE:
        sentence = _("cumulative: less %(cost)s costs and %(sum)s a month; %(bands)s")
        sums = {"sum": Money(table.monthly_fen).short}
    else:
        sentence = _("by payment: less %(flat)s up to %(sum)s, above it %(cost)s; %(bands)s")
        sums = {"sum": Money(table.flat_upto_fen).short, "flat": Money(table.flat_fen).short}
    return sentence % ({"cost": percent(table.cost_bp), "bands": bands} | sums)


UNREADABLE = {
    "large": gettext_noop("This file is too large for an invoice."),
    "unsafe": gettext_noop("This XML brings definitions of its own, which no invoice has."),
    "no_xml": gettext_noop("This is no XML. Download the invoice's XML from the tax platform."),
    "no_invoice": gettext_noop("This XML is no fully digital invoice (EInvoice)."),
    "missing": gettext_noop("The invoice does not say %(field)s."),
    "wrong": gettext_noop("%(field)s cannot be read."),
    "sum": gettext_noop("%(field)s is not the sum of its parts."),
    "red": gettext_noop(
        "A red-letter invoice is below zero and names in its remark what it takes back."
    ),
}
DIFFERENCES = {
    Difference.SELLER_NAME: gettext_noop("The seller is “%(says)s” and should be “%(wants)s”."),
    Difference.SELLER_TAX: gettext_noop("The seller's number is %(says)s and should be %(wants)s."),
    Difference.BUYER_NAME: gettext_noop("The buyer is “%(says)s” and should be “%(wants)s”."),
    Difference.BUYER_TAX: gettext_noop("The buyer's number is “%(says)s” and should be %(wants)s."),
    Difference.AMOUNT: gettext_noop("It is over %(says)s, but %(wants)s is still due."),
    Difference.RATE: gettext_noop("The rate is %(says)s and should be %(wants)s."),
    Difference.DAY: gettext_noop("It is of %(says)s, which is not a day of this trade."),
    Difference.REVERSES: gettext_noop(
        "It takes back invoice %(says)s, which was not matched here."
    ),
}


def unreadable_in_words(error: Unreadable) -> str:
    return _(UNREADABLE[error.code]) % {"field": error.field}


def difference_in_words(code: str, says: str, wants: str) -> str:
    """What an invoice says, and what it should say."""
    if code == Difference.AMOUNT:
        says, wants = (Money(int(text)).short for text in (says, wants))
    if code == Difference.RATE:
        says, wants = (
            _(", ").join(percent(int(rate)) for rate in text.split(",")) for text in (says, wants)
        )
    return _(DIFFERENCES[Difference(code)]) % {"says": says or "—", "wants": wants}


def differences_of(invoice: Invoice) -> list[str]:
    return [
        difference_in_words(one["code"], one["says"], one["wants"]) for one in invoice.differences
    ]
