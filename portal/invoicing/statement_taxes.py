"""Tax lines of a party's statement, told to its paper and its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from portal.core.money import Money
from portal.invoicing.engine import TaxLine
from portal.invoicing.selectors import StatementTax, statement_tax
from portal.settlement.boxes import StatementTaxes, TaxRow, register_tax
from portal.settlement.models import Statement


def taxes_of_statement(statement: Statement, amounts: Sequence[int]) -> StatementTaxes | None:
    tax = statement_tax(statement.party, amounts, month=statement.month)
    if tax is None:
        return None
    return StatementTaxes([_row(one) for one in tax.lines], _row(tax.total), list(_notes(tax)))


def _row(line: TaxLine) -> TaxRow:
    return TaxRow(line.inclusive, line.rate_bp, line.exclusive, line.tax)


def _notes(tax: StatementTax) -> Iterator[str]:
    if tax.withheld is None:
        return
    sentence = _(
        "Natural persons: about %(tax)s would be withheld for this month, an estimate; what is "
        "declared counts."
    )
    yield sentence % {"tax": Money(tax.withheld.tax)}


register_tax(taxes_of_statement)
