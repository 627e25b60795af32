"""What kind of payee a party is, and which taxes an amount of it holds.

statement_tax(party, [row.amount_fen for row in rows], day=run.month)   # a line a row, and all
withholding_of(party, month)   # the year so far, month by month
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from portal.invoicing import engine
from portal.invoicing.engine import Table, TaxLine, VatTable, Withheld
from portal.invoicing.models import TaxProfile, TaxTable, Title
from portal.invoicing.states import VAT_OF, PayeeKind, TaxKind, Taxpayer
from portal.ledger.fields import month_after
from portal.parties.models import Party
from portal.parties.states import PartyKind

COMPANY, TRADER = "91", "92"  # how a unified social credit code begins
KINDS_OF_CODES = {
    COMPANY: PayeeKind.COMPANY,
    "93": PayeeKind.COMPANY,
    TRADER: PayeeKind.SOLE_TRADER,
}
MOVED_BY = ("statement",)  # causes that only move what was earned to where it is payable
INCOMES = """
    SELECT account.party_id, journal.period, sum(entry.amount)::bigint
    FROM ledger_account account
    JOIN ledger_entry entry ON entry.account_id = account.id
    JOIN ledger_journal journal ON journal.id = entry.journal_id
    WHERE account.party_id = ANY(%(parties)s) AND account.track = 'settled'
      AND account.kind IN ('share', 'held') AND journal.cause_type <> ALL(%(moved)s)
      AND journal.period >= %(first)s AND journal.period <= %(last)s
    GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Payee:
    """`kind` None: neither its code nor anybody has said it. `is_said`: somebody said how it counts
    its tax; otherwise it is taken for a small-scale taxpayer."""

    kind: PayeeKind | None
    taxpayer: Taxpayer
    is_said: bool

    @property
    def is_person(self) -> bool:
        return self.kind is PayeeKind.PERSON


def kind_by_code(party: Party) -> PayeeKind | None:
    """What the verified code, or the lack of one, says."""
    if party.is_natural_person:
        return PayeeKind.PERSON
    return KINDS_OF_CODES.get(party.uscc[:2])


def payee_of(party: Party, day: date) -> Payee:
    said = TaxProfile.objects.filter(party=party, starts_on__lte=day)
    return _payee(party, said.order_by("-starts_on", "-pk").first())


def payees_of(parties: Sequence[Party], day: date) -> dict[int, Payee]:
    """By party, in one query."""
    rows = TaxProfile.objects.filter(party__in=[party.pk for party in parties], starts_on__lte=day)
    said = {row.party_id: row for row in rows.order_by("starts_on", "pk")}  # the last one stays
    return {party.pk: _payee(party, said.get(party.pk)) for party in parties}


def _payee(party: Party, said: TaxProfile | None) -> Payee:
    kind = kind_by_code(party)
    if kind is None and said is not None and said.kind:
        kind = PayeeKind(said.kind)
    taxpayer = Taxpayer(said.taxpayer) if said is not None else Taxpayer.SMALL
    return Payee(kind, taxpayer, said is not None)


@dataclass(frozen=True, slots=True)
class Tables:
    """Every approved table, read once; by kind the newest first."""

    rows: Mapping[str, Sequence[tuple[date, VatTable | Table | int]]]

    def on(self, kind: TaxKind, day: date) -> VatTable | Table | int | None:
        begun = (table for starts_on, table in self.rows.get(kind, ()) if starts_on <= day)
        return next(begun, None)

    def vat(self, payee: Payee, day: date, month_fen: int) -> int:
        """The rate, in basis points, of what a payee is paid in a month."""
        kind = TaxKind.VAT_PERSON if payee.is_person else VAT_OF[payee.taxpayer]
        table = self.on(kind, day)
        return table.rate_of(month_fen) if isinstance(table, VatTable) else 0

    def invoice_days(self, day: date) -> int:
        days = self.on(TaxKind.INVOICE_DAYS, day)
        return days if isinstance(days, int) else 0


def read_tables() -> Tables:
    rows: dict[str, list[tuple[date, VatTable | Table | int]]] = {}
    for row in TaxTable.objects.approved().order_by("kind", "-starts_on"):
        rows.setdefault(row.kind, []).append((row.starts_on, engine.read_table(row.body)))
    return Tables(rows)


def title_on(day: date) -> Title | None:
    """Who the platform is on invoices."""
    return Title.objects.filter(starts_on__lte=day).first()


@dataclass(frozen=True, slots=True)
class StatementTax:
    """Of a statement's rows, in their order; `lines` add up to `total`. `withheld`: of a natural
    person, what would be withheld of this month; an estimate, and None of the others."""

    payee: Payee
    lines: list[TaxLine]
    total: TaxLine
    withheld: Withheld | None


def statement_tax(
    party: Party, amounts: Sequence[int], *, month: date, tables: Tables | None = None
) -> StatementTax | None:
    """Tax in what a party is paid for a month (its first day). None of a merchant: what it is paid
    is its own sales, whose tax is in each of its goods."""
    if party.kind == PartyKind.MERCHANT:
        return None
    tables = tables or read_tables()
    payee = payee_of(party, month_after(month))
    rate = tables.vat(payee, month, sum(amounts))
    lines = engine.tax_lines(amounts, rate)
    withheld = withholding_of(party, month, tables=tables) if payee.is_person else []
    return StatementTax(
        payee, lines, engine.total_of(lines, rate), withheld[-1] if withheld else None
    )


def withholding_of(party: Party, month: date, *, tables: Tables | None = None) -> list[Withheld]:
    """Each month of the year up to this one: what it would withhold; an estimate."""
    first = month.replace(month=1)
    earned = incomes_of([party.pk], first, month)
    return withheld_of(earned.get(party.pk, {}), month, tables or read_tables())


def withheld_of(earned: Mapping[date, int], month: date, tables: Tables) -> list[Withheld]:
    """`earned`: fen by month, tax included."""
    person = Payee(PayeeKind.PERSON, Taxpayer.SMALL, False)
    asked = []
    for number in range(1, month.month + 1):
        at = month.replace(month=number)
        income = earned.get(at, 0)
        table = tables.on(TaxKind.LABOUR, at)
        if isinstance(table, Table):
            line = engine.tax_line(income, tables.vat(person, at, income))
            asked.append((line.exclusive, table))
    return engine.withhold(asked)


def incomes_of(parties: Sequence[int], first: date, last: date) -> dict[int, dict[date, int]]:
    """What each earned of orders in each month, settled less refunds, as the books count it."""
    found: dict[int, dict[date, int]] = {}
    values: dict[str, Any] = {
        "parties": list(parties),
        "moved": list(MOVED_BY),
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(INCOMES, values)
        for party, period, amount in cursor.fetchall():
            found.setdefault(party, {})[period] = amount
    return found
