"""The bank's answers as a file: a row each, known ones change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.parsers import day, fen, one_of, text
from portal.core.verdict import Flaw
from portal.payouts import rules, services
from portal.payouts.fields import ResultFields
from portal.payouts.states import ENDED, ItemStatus

# As institutions write them, beside our own words.
WORDS = {
    ItemStatus.PAID: ("paid", "success", "成功", "已到账", "交易成功"),
    ItemStatus.PARTIAL: ("partial", "部分成功", "部分到账"),
    ItemStatus.REJECTED: ("rejected", "failed", "失败", "已退回", "退票", "交易失败"),
}
KNOWN = {word: status for status, words in WORDS.items() for word in words}


def fields_of(values: Values) -> ResultFields:
    return ResultFields(
        batch=values["batch"],
        key=values["key"],
        status=values["status"],
        amount_fen=values.get("amount") or 0,
        on=values["on"],
        reference=values.get("reference") or "",
        reason=values.get("reason") or "",
    )


def check(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    said = [(row.line, fields_of(row.values)) for row in rows]
    known = services.found_items([fields for _line, fields in said])
    for line, fields in said:
        for flaw in rules.flaws_of_result(known.get((fields.batch, fields.key)), fields):
            yield line, flaw


def apply(actor: Actor, rows: Sequence[Values]) -> int:
    return services.record_results(actor, results=[fields_of(values) for values in rows])


register_import(
    ImportKind(
        name="payouts.results",
        title=_("Answers of the bank"),
        columns=[
            Column("batch", _("Batch"), required=True, parse=text(16)),
            Column("key", _("Transfer"), required=True, parse=text(24)),
            Column("status", _("Answer"), required=True, parse=one_of(KNOWN, _("Answers"))),
            Column("amount", _("Amount that arrived"), parse=fen),
            Column("on", _("Day"), required=True, parse=day),
            Column("reference", _("Bank's number"), parse=text(60)),
            Column("reason", _("Reason"), parse=text(200)),
        ],
        may=rules.can_import_results,
        check=check,
        apply=apply,
        key=("batch", "key"),
        examples=[
            {
                "batch": "TX-20260512-02",
                "key": "P0000000042",
                "status": "成功",
                "amount": "81420.35",
                "on": "2026-05-12",
                "reference": "PB20260512-0001",
            },
            {
                "batch": "TX-20260512-02",
                "key": "P0000000043",
                "status": "失败",
                "on": "2026-05-12",
                "reason": "收款账号户名不符",
            },
        ],
        about=_("A row for each transfer, as it stands in the bank file. Known answers stay."),
    )
)
assert set(KNOWN.values()) == set(ENDED)  # noqa: S101 - each answer has its words
