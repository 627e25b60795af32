"""Bank statements as files: only what came in, a row each, known rows left as they are."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.imports import Column, ImportKind, Values, register_import
from portal.core.imports.parsers import day, fen, text
from portal.revenue import rules, services


def apply(actor: Actor, rows: Sequence[Values]) -> int:
    return services.record_bank_rows(actor, rows=rows)


register_import(
    ImportKind(
        name="revenue.bank",
        title=_("Bank rows"),
        columns=[
            Column("account", _("Bank account"), required=True, parse=text(40)),
            Column("reference", _("Bank's number"), required=True, parse=text(60)),
            Column("booked_on", _("Booked on"), required=True, parse=day),
            Column("amount", _("Amount"), required=True, parse=fen),
            Column("counterparty", _("From or to"), parse=text(120)),
            Column("memo", _("Purpose"), parse=text(200)),
        ],
        may=rules.can_import_bank_rows,
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
            }
        ],
        about=_("One row for each movement. A row that is known already is left as it is."),
    )
)
