"""The books as background files, for the platform's finance people and auditors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.exports import ExportKind, Params, register_export
from portal.ledger.engine import Books, beancount, hledger
from portal.ledger.rules import can_export_books
from portal.ledger.selectors import whole_books

LINES_A_DAY = 500_000_000


def _lines_by(
    write: Callable[[Books], Iterable[str]],
) -> Callable[[Actor, Params], Iterator[list[str]]]:
    def lines(actor: Actor, params: Params) -> Iterator[list[str]]:
        yield from ([line] for line in write(whole_books()))

    return lines


HLEDGER = register_export(
    ExportKind(
        name="ledger.hledger",
        title=_("The books for hledger"),
        columns=(),
        rows=_lines_by(hledger),
        may=can_export_books,
        daily_rows=LINES_A_DAY,
        suffix="journal",
    )
)
BEANCOUNT = register_export(
    ExportKind(
        name="ledger.beancount",
        title=_("The books for Beancount"),
        columns=(),
        rows=_lines_by(beancount),
        may=can_export_books,
        daily_rows=LINES_A_DAY,
        suffix="beancount",
    )
)
