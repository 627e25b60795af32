"""A statement as a PDF: its rows, with the tax in them, and how they add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.documents import render_pdf
from portal.core.money import Money
from portal.settlement import selectors
from portal.settlement.boxes import StatementTaxes, TaxRow, taxes_of
from portal.settlement.models import Statement

MOST_ROWS = 300  # of the paper; the file of its lines has them all


def render_statement(statement: Statement) -> bytes:
    return render_pdf("settlement/statement.typ", statement_data(statement))


def statement_data(statement: Statement) -> dict[str, Any]:
    """Plain values in the reader's language; the same statement gives the same bytes."""
    found = selectors.cooperations_of(statement)
    taxes = taxes_of(statement, [one.amount for one in found])
    return {
        "lang": (get_language() or "zh")[:2],
        "title": _("Statement of %(month)s") % {"month": f"{statement.month:%Y-%m}"},
        "subject": statement.party.legal_name or statement.party.name,
        "foot": statement.number,
        "facts": list(_facts(statement)),
        "rows_title": _("What the statement is made of"),
        "head": [
            *(_("Cooperation"), _("Agreement"), _("Order lines"), _("Settled turnover")),
            *(_("Share"), _("Refunds"), _("Due to you")),
        ],
        "rows": list(_rows(found)),
        "sums_title": _("How it adds up"),
        "sums": [[one["label"], str(Money(one["fen"]))] for one in _sums(statement)],
        **_taxes(found, taxes),
        "notes": list(_notes(statement, len(found), taxes)),
    }


def _facts(statement: Statement) -> Iterator[list[str]]:
    yield [_("Number"), statement.number]
    yield [_("Party"), statement.party.name]
    yield [_("State"), str(statement.get_status_display())]
    yield [_("Order lines"), f"{statement.lines:,}"]
    days = (
        (pgettext("settlement", "Calculated"), statement.calculated_at),
        (pgettext("settlement", "Sent"), statement.sent_at),
        (pgettext("settlement", "Agreed"), statement.agreed_at),
        (pgettext("settlement", "Approved"), statement.approved_at),
        (pgettext("settlement", "Paid"), statement.paid_at),
    )
    for label, at in days:
        if at is not None:
            yield [label, clock.day_of(at).isoformat()]


def _rows(found: Sequence[selectors.Cooperation]) -> Iterator[list[str]]:
    if not found:
        yield [_("Nothing new: only what was carried in"), *["—"] * 6]
    for one in found[:MOST_ROWS]:
        yield [
            one.title,
            "\n".join(paper.label for paper in one.papers) or "—",
            f"{one.lines:,}" if one.is_of_orders else "—",
            str(Money(one.turnover)) if one.is_of_orders else "—",
            *(str(Money(fen)) for fen in (one.earned, one.refunded, one.amount)),
        ]
    if rest := found[MOST_ROWS:]:
        sums = selectors.sums_of_cooperations(rest)
        yield [
            _("%(n)s more rows") % {"n": f"{len(rest):,}"},
            "—",
            f"{sums.lines:,}",
            *(str(Money(fen)) for fen in (sums.turnover, sums.earned, sums.refunded, sums.amount)),
        ]


def _sums(statement: Statement) -> Iterator[dict[str, Any]]:
    yield from selectors.sums_of_statement(statement)
    yield {"label": _("Total"), "fen": statement.total}
    if statement.approved_at is not None:
        yield {"label": _("Made payable"), "fen": statement.released}
        yield {"label": _("Carried on to the next statement"), "fen": statement.carried_out}


def _taxes(found: Sequence[selectors.Cooperation], taxes: StatementTaxes | None) -> dict[str, Any]:
    """Of the rows on the paper, and of all of them."""
    if taxes is None:
        return {"tax_title": "", "tax_head": [], "tax_rows": []}
    pairs = zip(found, taxes.rows, strict=True)
    rows = [[one.title, *_tax_row(row)] for one, row in list(pairs)[:MOST_ROWS]]
    return {
        "tax_title": _("Tax in it"),
        "tax_head": [
            *(
                _("Cooperation"),
                _("Tax-inclusive"),
                pgettext("tax", "Rate"),
                _("Tax-exclusive"),
                _("Tax"),
            ),
        ],
        "tax_rows": [*rows, [_("Total"), *_tax_row(taxes.total)]],
    }


def _tax_row(row: TaxRow) -> list[str]:
    rate = "—" if row.rate_bp is None else f"{row.rate_bp / 100:g}%"
    return [str(Money(row.inclusive)), rate, str(Money(row.exclusive)), str(Money(row.tax))]


def _notes(statement: Statement, rows: int, taxes: StatementTaxes | None) -> Iterator[str]:
    if statement.negative_since is not None:
        sentence = _(
            "The balance is below zero since %(month)s: it is carried on and set off against the "
            "next statement."
        )
        yield sentence % {"month": f"{statement.negative_since:%Y-%m}"}
    if rows > MOST_ROWS:
        yield _("Rows beyond the first %(n)s stand in the file.") % {"n": f"{MOST_ROWS:,}"}
    yield _("Every order line is in the statement's XLSX or CSV file; its sum is the total above.")
    if taxes is not None:
        yield from taxes.notes
