"""A month of the books as an accounting program takes it: even in itself, and the same as ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from portal.core.verdict import Refused, conflict, unmet
from portal.invoicing import engine
from portal.invoicing.engine import Moved, Voucher, VoucherLine
from portal.invoicing.models import VoucherAccount, VoucherTemplate
from portal.invoicing.reference import VOUCHER_TEXT, VOUCHER_TITLES, YUAN
from portal.ledger.fields import month_after
from portal.ledger.states import Kind
from portal.parties.models import Party

MOVED = """
    SELECT journal.cause_type, account.kind, account.party_id, sum(entry.amount)::bigint
    FROM ledger_entry entry
    JOIN ledger_account account ON account.id = entry.account_id
    JOIN ledger_journal journal ON journal.id = entry.journal_id
    WHERE journal.period = %(month)s AND account.track = 'settled'
    GROUP BY 1, 2, 3 HAVING sum(entry.amount) <> 0
"""
BY_KIND = """
    SELECT journal.cause_type, account.kind,
        sum(-entry.amount) FILTER (WHERE entry.amount < 0)::bigint,
        sum(entry.amount) FILTER (WHERE entry.amount > 0)::bigint
    FROM ledger_entry entry
    JOIN ledger_account account ON account.id = entry.account_id
    JOIN ledger_journal journal ON journal.id = entry.journal_id
    WHERE journal.period = %(month)s AND account.track = 'settled'
    GROUP BY 1, 2 ORDER BY 1, 2
"""
PLATFORM = ""


@dataclass(frozen=True, slots=True)
class MonthVouchers:
    """`missing`: kinds of ours that the template knows no account of."""

    month: date
    template: VoucherTemplate
    accounts: Mapping[str, VoucherAccount]
    vouchers: Sequence[Voucher]
    missing: Sequence[str]

    @property
    def debit(self) -> int:
        return sum(voucher.debit for voucher in self.vouchers)

    @property
    def credit(self) -> int:
        return sum(voucher.credit for voucher in self.vouchers)

    @property
    def lines(self) -> int:
        return sum(len(voucher.lines) for voucher in self.vouchers)

    def by_kind(self) -> dict[str, int]:
        """Credit less debit of each kind, as the trial balance has it."""
        sums: dict[str, int] = {}
        for voucher in self.vouchers:
            for line in voucher.lines:
                sums[line.kind] = sums.get(line.kind, 0) + line.credit - line.debit
        return {kind: amount for kind, amount in sums.items() if amount}


def vouchers_of(month: date, template: VoucherTemplate) -> MonthVouchers:
    """Accounts that name no party hold the sum of all of them."""
    accounts = {row.kind: row for row in template.accounts.all()}
    by_party = {kind: account.is_by_party for kind, account in accounts.items()}
    sums: dict[tuple[str, str, int | None], int] = {}
    for cause, kind, party, amount in _rows(MOVED, month):
        key = (cause, kind, party if by_party.get(kind, True) else None)
        sums[key] = sums.get(key, 0) + amount
    moved = [Moved(*key, amount) for key, amount in sums.items()]
    missing = sorted({row.kind for row in moved} - accounts.keys())
    return MonthVouchers(month, template, accounts, engine.vouchers_of(moved), missing)


def voucher_rows(found: MonthVouchers, *, maker: str) -> Iterator[list[Any]]:
    """In the order of the template's columns; numbers are yuan. Refused where an account has no
    name in the program: half a voucher is none."""
    if found.missing:
        raise Refused(unmet(missing_sentence(found)))
    if found.debit != found.credit:
        raise Refused(conflict(_("The books of this month are not even. Look at the books first.")))
    fields = [field for _heading, field in found.template.columns]
    names = _names(found)
    for voucher in found.vouchers:
        for number, line in enumerate(voucher.lines, start=1):
            said = _said(found, voucher, line, names) | {"line": number, "maker": maker}
            yield [said[field] for field in fields]


def missing_sentence(found: MonthVouchers) -> str:
    labels = [str(Kind(kind).label) for kind in found.missing]
    sentence = _("Say first which account of %(template)s holds: %(kinds)s.")
    return sentence % {"template": found.template.name, "kinds": _(", ").join(labels)}


def _said(
    found: MonthVouchers, voucher: Voucher, line: VoucherLine, names: Mapping[int, tuple[str, str]]
) -> dict[str, Any]:
    account = found.accounts[line.kind]
    code, name = names.get(line.party or 0, (PLATFORM, PLATFORM))
    return {
        "day": month_after(found.month) - timedelta(days=1),
        "year": found.month.year,
        "period": found.month.month,
        "word": found.template.word,
        "number": voucher.number,
        "papers": 0,
        "text": VOUCHER_TEXT.format(month=found.month, title=title_of(voucher.group)),
        "account_code": account.code,
        "account_name": account.name,
        "currency": YUAN,
        "debit": yuan(line.debit),
        "credit": yuan(line.credit),
        "amount": yuan(line.debit or line.credit),
        "party_code": code,
        "party_name": name,
        "empty": "",
    }


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def title_of(cause: str) -> str:
    return VOUCHER_TITLES.get(cause, cause)


def _names(found: MonthVouchers) -> dict[int, tuple[str, str]]:
    """The number by which the program knows a party, and its registered name."""
    keys = {line.party for voucher in found.vouchers for line in voucher.lines if line.party}
    rows = Party.objects.filter(pk__in=keys).values_list("pk", "legal_name")
    return {key: (f"P{key:06d}", name) for key, name in rows}


@dataclass(frozen=True, slots=True)
class VoucherSum:
    """What one kind of business moved on one kind of account, before parties are told apart."""

    group: str
    kind: Kind
    debit: int
    credit: int


def sums_of(month: date) -> list[VoucherSum]:
    """For the page: by kinds alone, however many parties there are."""
    return [
        VoucherSum(title_of(cause), Kind(kind), debit or 0, credit or 0)
        for cause, kind, debit, credit in _rows(BY_KIND, month)
    ]


def _rows(statement: str, month: date) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"month": month})
        return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A line of the page: which account of the program it goes to, None where nobody said."""

    sum: VoucherSum
    account: VoucherAccount | None


def grouped(
    sums: Sequence[VoucherSum], template: VoucherTemplate | None
) -> list[tuple[str, list[VoucherRow]]]:
    """By the kind of business, in the order of the vouchers."""
    accounts = _accounts(template)
    found: dict[str, list[VoucherRow]] = {}
    for row in sums:
        found.setdefault(row.group, []).append(VoucherRow(row, accounts.get(row.kind)))
    return list(found.items())


def missing_of(sums: Sequence[VoucherSum], template: VoucherTemplate | None) -> list[str]:
    """Kinds that the template knows no account of."""
    kinds = {row.kind for row in sums} - _accounts(template).keys()
    return [str(kind.label) for kind in Kind if kind in kinds]


def _accounts(template: VoucherTemplate | None) -> dict[str, VoucherAccount]:
    return {row.kind: row for row in template.accounts.all()} if template is not None else {}
