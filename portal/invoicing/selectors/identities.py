"""Who earned what on the platform in a quarter, as its operator reports it to the tax authority.

By the State Council's decree 810 of 2025 platforms report, within a month of each quarter's end,
who sells or works through them, and what came in, what was refunded and what was left. What a
merchant has is income from goods, what the others have is income from services. Sums are those of
the books: settled, in the months of the quarter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from portal.core import clock
from portal.invoicing.selectors.payees import (
    MOVED_BY,
    Payee,
    Tables,
    incomes_of,
    payees_of,
    withheld_of,
)
from portal.invoicing.states import PayeeKind
from portal.parties.models import Party
from portal.parties.states import PartyKind

AT_ONCE = 500
INCOMES = """
    WITH journals AS (
        SELECT account.party_id, journal.id, sum(entry.amount) AS amount
        FROM ledger_journal journal
        JOIN ledger_entry entry ON entry.journal_id = journal.id
        JOIN ledger_account account ON account.id = entry.account_id
        WHERE journal.period >= %(first)s AND journal.period <= %(last)s
          AND account.party_id IS NOT NULL AND account.track = 'settled'
          AND account.kind IN ('share', 'held') AND journal.cause_type <> ALL(%(moved)s)
        GROUP BY 1, 2 HAVING sum(entry.amount) <> 0
    )
    SELECT party_id, coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint,
        coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)::bigint,
        count(*) FILTER (WHERE amount > 0)
    FROM journals GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Quarter:
    """`2026Q3`."""

    year: int
    number: int

    @property
    def months(self) -> tuple[date, date, date]:
        first = 3 * self.number - 2
        return (
            date(self.year, first, 1),
            date(self.year, first + 1, 1),
            date(self.year, first + 2, 1),
        )

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


def read_quarter(text: str) -> Quarter | None:
    """None where it is none."""
    year, letter, number = text[:4], text[4:5], text[5:]
    if letter == "Q" and year.isdecimal() and number in ("1", "2", "3", "4") and int(year) >= 2000:
        return Quarter(int(year), int(number))
    return None


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def last_quarters(count: int = 6) -> list[Quarter]:
    """The newest first, this one with them."""
    now = quarter_of(clock.today())
    at = now.year * 4 + now.number - 1
    return [Quarter(one // 4, one % 4 + 1) for one in range(at, at - count, -1)]


@dataclass(frozen=True, slots=True)
class Earned:
    """`number` is masked, and empty where a natural person's identity is not proven."""

    party: Party
    payee: Payee
    income: int
    refunds: int
    count: int
    number: str

    @property
    def net(self) -> int:
        return self.income - self.refunds

    @property
    def is_goods(self) -> bool:
        return self.party.kind == PartyKind.MERCHANT


def earned_in(quarter: Quarter) -> Iterator[list[Earned]]:
    """Everybody who earned something, in chunks, in the order of their numbers."""
    sums = _sums(quarter)
    for at in range(0, len(sums), AT_ONCE):
        yield _chunk(sums[at : at + AT_ONCE], quarter)


def _sums(quarter: Quarter) -> list[Any]:
    first, _middle, last = quarter.months
    with connection.cursor() as cursor:
        cursor.execute(INCOMES, {"first": first, "last": last, "moved": list(MOVED_BY)})
        return list(cursor.fetchall())


def _chunk(sums: Sequence[Any], quarter: Quarter) -> list[Earned]:
    parties = Party.objects.select_related("real_name").in_bulk([key for key, *_rest in sums])
    payees = payees_of(list(parties.values()), quarter.months[2])
    return [
        Earned(parties[key], payees[key], income, refunds, count, _masked(parties[key]))
        for key, income, refunds, count in sums
    ]


def _masked(party: Party) -> str:
    name = getattr(party, "real_name", None)
    return party.uscc or (name.masked_number if name is not None else "")


def withheld_in(quarter: Quarter, chunk: Sequence[Earned], tables: Tables) -> list[int | None]:
    """Of each, what the months of the quarter would withhold; None of who is no natural person."""
    last = quarter.months[2]
    people = [one.party.pk for one in chunk if one.payee.is_person]
    incomes = incomes_of(people, last.replace(month=1), last)
    return [
        sum(month.tax for month in withheld_of(incomes.get(one.party.pk, {}), last, tables)[-3:])
        if one.payee.is_person
        else None
        for one in chunk
    ]


@dataclass(frozen=True, slots=True)
class IdentitySums:
    """Of one kind of payee. `unproven`: natural persons whose identity nobody proved."""

    kind: str  # of `PayeeKind`; empty where it is not known
    parties: int
    unproven: int
    income: int
    refunds: int

    @property
    def net(self) -> int:
        return self.income - self.refunds

    @property
    def label(self) -> str:
        return str(PayeeKind(self.kind).label) if self.kind else gettext("not known yet")


def identity_sums(quarter: Quarter) -> list[IdentitySums]:
    """What the quarter's report adds up to, by kind of payee."""
    found: dict[str, list[Earned]] = {}
    for chunk in earned_in(quarter):
        for one in chunk:
            found.setdefault(one.payee.kind.value if one.payee.kind else "", []).append(one)
    return [
        IdentitySums(
            kind,
            len(rows),
            sum(not one.number for one in rows),
            sum(one.income for one in rows),
            sum(one.refunds for one in rows),
        )
        for kind, rows in sorted(found.items())
    ]


def name_in_full(party: Party) -> str:
    """As the ID card says it, of a natural person who proved it."""
    name = getattr(party, "real_name", None)
    return name.name if name is not None and not party.uscc else party.legal_name
