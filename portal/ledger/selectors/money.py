"""A party's money as its page shows it: three amounts that are never added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.ledger.selectors.balances import Balance, balances_of
from portal.ledger.states import Kind, Track

TOTALS = """
    SELECT account.track, account.kind, account.currency,
        coalesce(sum(entry.amount) FILTER (WHERE journal.period < %(month)s), 0)::bigint,
        coalesce(sum(entry.amount) FILTER (WHERE journal.period = %(month)s), 0)::bigint
    FROM ledger_account account
    JOIN ledger_entry entry ON entry.account_id = account.id
    JOIN ledger_journal journal ON journal.id = entry.journal_id
    WHERE journal.period <= %(month)s
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
STANDINGS = (
    (
        Kind.AVAILABLE,
        Track.SETTLED,
        _("Available"),
        _("Settled and agreed: it can be paid out."),
    ),
    (
        Kind.SHARE,
        Track.SETTLED,
        _("Pending"),
        _("Settled after the return window, and not yet payable."),
    ),
    (
        Kind.HELD,
        Track.SETTLED,
        _("Held"),
        _("Settled, and waiting for the outcome of a dispute. Not payable."),
    ),
    (
        Kind.REWARD,
        Track.SETTLED,
        _("Rewards"),
        _("Of tasks, owed by the platform. Paid directly; below zero, the next make it good."),
    ),
    (
        Kind.PAYING,
        Track.SETTLED,
        _("In payment"),
        _("On its way to your account, until the bank says that it arrived."),
    ),
    (
        Kind.SHARE,
        Track.ESTIMATED,
        _("Estimated"),
        _("Of orders that are paid and may still be returned. Never payable."),
    ),
)
BILLED = (_("Billed"), _("By bills: what others owe you, less what you owe. Paid between you."))


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the amounts; `account_id` is None while nothing was ever posted there. Below zero is a
    fault to make good, but of bills: there it is what is still to be paid."""

    title: str | Promise
    note: str | Promise
    amount: int
    account_id: int | None
    may_be_owed: bool = False

    @property
    def is_short(self) -> bool:
        return self.amount < 0 and not self.may_be_owed


@dataclass(frozen=True, slots=True)
class TrialRow:
    kind: Kind
    currency: str
    before: int
    change: int

    @property
    def after(self) -> int:
        return self.before + self.change


@dataclass(frozen=True, slots=True)
class TrialTrack:
    """The accounts of one track by kind; the sums are zero, or the books are wrong."""

    track: Track
    rows: list[TrialRow]

    @property
    def total(self) -> TrialRow:
        before, change = (
            sum(getattr(row, name) for row in self.rows) for name in ("before", "change")
        )
        return TrialRow(Kind.CLEARING, "", before, change)


def money_of(party_id: int) -> list[Standing]:
    found = {(one.kind, one.track): one for one in balances_of(party_id)}
    return list(_standings(found))


def _standings(found: dict[tuple[str, str], Balance]) -> Iterator[Standing]:
    for kind, track, title, note in STANDINGS:
        known = found.get((kind, track))
        if kind in (Kind.PAYING, Kind.REWARD) and known is None:
            continue  # nothing was ever paid, or won
        yield Standing(
            title, note, known.amount if known else 0, known.account_id if known else None
        )
    if known := found.get((Kind.BILLS, Track.SETTLED)):
        yield Standing(*BILLED, known.amount, known.account_id, may_be_owed=True)


def trial_totals(month: date) -> list[TrialTrack]:
    """What counts in this month and before it, by track and kind."""
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, {"month": month})
        found = cursor.fetchall()
    return [
        TrialTrack(
            track,
            [
                TrialRow(Kind(kind), currency, before, change)
                for of, kind, currency, before, change in found
                if of == track
            ],
        )
        for track in Track
    ]
