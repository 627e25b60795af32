"""Tables of tax as people read them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.core.money import Money
from portal.invoicing import engine
from portal.invoicing.engine import Method, Table, VatTable
from portal.invoicing.models import TaxTable


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
