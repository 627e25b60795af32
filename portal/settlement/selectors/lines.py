"""What a statement is made of: its entries, and the order lines behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from portal.settlement.models import Statement
from portal.settlement.selectors.coverage import COVERED
from portal.settlement.states import RELEASE

# Entries of one statement: what it covers and the one before it did not.
OWN = f"""
    own AS (
        SELECT entry.id, account.kind, entry.amount, entry.part, journal.id AS journal_id,
            journal.key, journal.cause_type, journal.cause_id, journal.occurred_at,
            journal.posted_at
        FROM settlement_statement statement
        LEFT JOIN settlement_statement before ON before.id = statement.previous_id
        JOIN ledger_account account ON account.party_id = statement.party_id
          AND account.track = 'settled' AND account.currency = 'CNY'
          AND account.kind IN ('share', 'held')
        JOIN ledger_entry entry ON entry.account_id = account.id
        JOIN ledger_journal journal ON journal.id = entry.journal_id
        WHERE statement.id = %(statement)s AND journal.cause_type <> '{RELEASE}'
          AND {COVERED.format(by="statement")} AND NOT {COVERED.format(by="before")}
          AND (%(causes)s::text[] IS NULL
            OR journal.cause_type = 'order_event' AND journal.cause_id = ANY(%(causes)s::text[]))
    )
"""  # noqa: S608 - put together from constants
SHARES = f"""
    WITH {OWN}
    SELECT event.line_id, sum(own.amount)::bigint
    FROM own JOIN revenue_orderevent event ON event.id = own.cause_id::bigint
    GROUP BY 1
"""  # noqa: S608 - put together from constants
MERCHANTS = f"""
    WITH {OWN}
    SELECT DISTINCT line.merchant_id
    FROM own JOIN revenue_orderevent event
      ON event.id = CASE own.cause_type WHEN 'order_event' THEN own.cause_id::bigint END
    JOIN revenue_orderline line ON line.id = event.line_id
    ORDER BY 1
"""  # noqa: S608 - put together from constants
CAUSES = "SELECT id::text FROM revenue_orderevent WHERE line_id = ANY(%(lines)s)"


def lines_covered(statement: Statement, lines: Sequence[int]) -> dict[int, int]:
    """Of these order lines those that the statement has, with the fen they gave its party."""
    causes = [cause for (cause,) in _rows(CAUSES, {"lines": list(lines)})]
    return dict(_rows(SHARES, {"statement": statement.pk, "causes": causes}))


def merchants_of(statement: Statement) -> list[int]:
    """Whose orders it is of."""
    found = _rows(MERCHANTS, {"statement": statement.pk, "causes": None})
    return [merchant for (merchant,) in found if merchant != statement.party_id]


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
