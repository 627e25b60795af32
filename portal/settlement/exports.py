"""One statement as files: every order line and every other row (their sum is its total), and its
journal for hledger and Beancount."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.exports import ExportKind, Params, register_export
from portal.core.verdict import ALLOWED, Refused, Verdict, unmet
from portal.ledger.engine import Books, beancount, hledger
from portal.settlement import rules, selectors
from portal.settlement.models import Statement
from portal.settlement.states import Source

LINES_A_DAY = 2_000_000
JOURNAL_A_DAY = 20_000_000
COLUMNS = (
    *(_("What"), _("Order"), _("Line"), _("Merchant"), _("Creator"), _("Product"), _("Paid")),
    *(_("Settled turnover"), _("Share"), _("Refunds"), _("Held"), _("Due to you"), _("State")),
)


def may_export(actor: Actor) -> Verdict:
    """Which statement is looked at when it is written."""
    if actor.has_perm("settlement.view_statement"):
        return ALLOWED
    return rules.can_list_statements(actor)


def _named(params: Params) -> Params:
    number = str(params.get("number", ""))[:20].replace("\0", "")
    if not number:
        raise Refused(unmet(_t("Say which statement: its number.")))
    return {"number": number}


def _statement(actor: Actor, params: Params) -> Statement:
    rows = Statement.objects.visible_to(actor).whole()
    found = rows.filter(number=params["number"]).first()
    if found is None:
        raise Refused(unmet(_t("There is no such statement.")))
    rules.can_see_statement(actor, found).require()
    return found


def _lines(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    statement = _statement(actor, params)
    if statement.carried_in:
        yield _other(_t("Carried in from the statement before"), statement.carried_in)
    for shown in selectors.all_lines(statement):
        line = shown.line
        yield (
            str(Source.ORDERS.label),
            *(line.order, line.line, line.merchant.name),
            line.creator.name if line.creator else "",
            *(line.product, line.paid_at),
            *(_yuan(shown.turnover), _yuan(shown.earned), _yuan(shown.refunded)),
            *(_yuan(shown.held), _yuan(shown.amount)),
            _t("In dispute") if shown.is_disputed else "",
        )
    for one in selectors.cooperations_of(statement):
        if not one.is_of_orders:
            yield _other(one.title, one.amount)


def _other(what: str, fen: int) -> Sequence[Any]:
    return (what, *[""] * 10, _yuan(fen), "")


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _journal(
    write: Callable[[Books], Iterable[str]],
) -> Callable[[Actor, Params], Iterator[list[str]]]:
    def lines(actor: Actor, params: Params) -> Iterator[list[str]]:
        books = selectors.books_of_statement(_statement(actor, params))
        yield from ([line] for line in write(books))

    return lines


LINES = register_export(
    ExportKind(
        name="settlement.statement",
        title=_("Lines of a statement"),
        columns=COLUMNS,
        rows=_lines,
        may=may_export,
        daily_rows=LINES_A_DAY,
        clean=_named,
        total=lambda actor, params: _statement(actor, params).lines,
    )
)
HLEDGER = register_export(
    ExportKind(
        name="settlement.hledger",
        title=_("A statement for hledger"),
        columns=(),
        rows=_journal(hledger),
        may=may_export,
        daily_rows=JOURNAL_A_DAY,
        clean=_named,
        suffix="journal",
    )
)
BEANCOUNT = register_export(
    ExportKind(
        name="settlement.beancount",
        title=_("A statement for Beancount"),
        columns=(),
        rows=_journal(beancount),
        may=may_export,
        daily_rows=JOURNAL_A_DAY,
        clean=_named,
        suffix="beancount",
    )
)
