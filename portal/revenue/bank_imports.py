"""Bank statements as files: a row for each movement, in or out; known rows left as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.parsers import day, fen, one_of, text
from portal.core.verdict import Flaw
from portal.revenue import rules, services

IN, OUT = 1, -1
DIRECTIONS = {  # as banks write it, from the account's side: 贷 credits it
    **dict.fromkeys(("in", "credit", "收", "收入", "贷", "贷方", "转入"), IN),
    **dict.fromkeys(("out", "debit", "付", "支", "支出", "借", "借方", "转出"), OUT),
}


def check(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    for row in rows:
        amount, direction = row.values["amount"], row.values["direction"]
        if amount == 0:
            yield row.line, Flaw("amount", rules.NOT_ZERO)
        if direction == IN and amount < 0:
            yield row.line, Flaw("direction", _("An amount below zero went out."))


def apply(actor: Actor, rows: Sequence[Values]) -> int:
    return services.record_bank_rows(actor, rows=[_signed(row) for row in rows])


def _signed(row: Values) -> Values:
    """What goes out is below zero, whether its amount or its direction says so."""
    is_out = row["direction"] == OUT and row["amount"] > 0
    return row | {"amount": -row["amount"] if is_out else row["amount"]}


BANK = register_import(
    ImportKind(
        name="revenue.bank",
        title=_("Bank rows"),
        columns=[
            Column("account", _("Bank account"), required=True, parse=text(40)),
            Column("reference", _("Bank's number"), required=True, parse=text(60)),
            Column("booked_on", _("Booked on"), required=True, parse=day),
            Column(
                "amount",
                _("Amount"),
                required=True,
                parse=fen,
                help=_("What went out: below zero, or with its direction."),
            ),
            Column("counterparty", _("From or to"), parse=text(120)),
            Column("memo", _("Purpose"), parse=text(200)),
            Column(
                "direction",
                _("In or out"),
                parse=one_of(DIRECTIONS, _("In or out")),
                help=_("in or out; also 收, 付, 贷, 借. Empty: by the amount's sign."),
            ),
        ],
        may=rules.can_import_bank_rows,
        check=check,
        apply=apply,
        key=("account", "reference"),
        examples=[
            {
                "account": "存管账户 8801",
                "reference": "B20260305-0017",
                "booked_on": "2026-03-05",
                "amount": "20000.00",
                "counterparty": "谷雨粒食品有限公司",
                "memo": "坑位费",
            },
            {
                "account": "存管账户 8801",
                "reference": "B20260306-0003",
                "booked_on": "2026-03-06",
                "amount": "500.00",
                "counterparty": "许小满",
                "memo": "保证金退还",
                "direction": "out",
            },
        ],
        about=_("One row for each movement. A row that is known already is left as it is."),
    )
)
