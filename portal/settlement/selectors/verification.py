"""Whether statements and books say the same, read from the bare entries."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from portal.core.verifying import Check, checked
from portal.settlement.selectors.coverage import COVERED
from portal.settlement.states import RELEASE

LAST = """
    last AS (
        SELECT DISTINCT ON (party_id) * FROM settlement_statement ORDER BY party_id, id DESC
    )
"""
ENTRIES = f"""
    entries AS (
        SELECT account.party_id, account.kind, sum(entry.amount) AS balance,
            coalesce(sum(entry.amount) FILTER (
                WHERE journal.cause_type <> '{RELEASE}' AND NOT {COVERED.format(by="last")}
            ), 0) AS uncovered
        FROM ledger_account account
        JOIN ledger_entry entry ON entry.account_id = account.id
        JOIN ledger_journal journal ON journal.id = entry.journal_id
        LEFT JOIN last ON last.party_id = account.party_id
        WHERE account.track = 'settled' AND account.kind IN ('share', 'held')
        GROUP BY 1, 2
    )
"""  # noqa: S608 - put together from constants
SHARES = f"""
    WITH {LAST}, {ENTRIES}
    SELECT entries.party_id, entries.balance, last.carried_out, entries.uncovered
    FROM entries LEFT JOIN last ON last.party_id = entries.party_id
    WHERE entries.kind = 'share'
      AND entries.balance <> coalesce(last.carried_out, 0) + entries.uncovered
"""  # noqa: S608 - put together from constants
HELD = f"""
    WITH {LAST}, {ENTRIES}, held AS (
        SELECT party_id, -sum(held) AS held FROM settlement_statement GROUP BY 1
    )
    SELECT entries.party_id, entries.balance, held.held, entries.uncovered
    FROM entries LEFT JOIN held ON held.party_id = entries.party_id
    WHERE entries.kind = 'held'
      AND entries.balance <> coalesce(held.held, 0) + entries.uncovered
"""  # noqa: S608 - put together from constants
RELEASED = f"""
    SELECT statement.number, statement.released, sum(entry.amount)
    FROM settlement_statement statement
    LEFT JOIN ledger_journal journal
      ON journal.cause_type = '{RELEASE}' AND journal.cause_id = statement.number
    LEFT JOIN ledger_entry entry ON entry.journal_id = journal.id AND entry.amount > 0
    GROUP BY statement.id HAVING statement.released <> coalesce(sum(entry.amount), 0)
"""  # noqa: S608 - put together from constants
CARRIED = """
    SELECT statement.number, statement.carried_in, before.carried_out
    FROM settlement_statement statement
    LEFT JOIN settlement_statement before ON before.id = statement.previous_id
    WHERE statement.carried_in <> coalesce(before.carried_out, 0)
"""
ROWS = """
    SELECT statement.number, statement.total - statement.carried_in, sum(row.amount)
    FROM settlement_statement statement
    LEFT JOIN settlement_statementrow row ON row.statement_id = statement.id
    GROUP BY statement.id
    HAVING statement.total - statement.carried_in <> coalesce(sum(row.amount), 0)
"""
TRUE_UPS = """
    SELECT true_up.id, true_up.amount_fen, sum(entry.amount)
    FROM settlement_trueup true_up
    LEFT JOIN ledger_entry entry ON entry.journal_id = true_up.journal_id AND entry.amount > 0
    GROUP BY true_up.id HAVING abs(true_up.amount_fen) <> coalesce(sum(entry.amount), 0)
"""
# Each finds rows that should not be there.
CHECKS = {
    gettext_noop("A party's share is what its last statement carries on and what came since"): (
        SHARES
    ),
    gettext_noop("What is held is what statements held and what came since"): HELD,
    gettext_noop("A statement begins with what the one before carried on"): CARRIED,
    gettext_noop("A statement is the sum of its rows"): ROWS,
    gettext_noop("What is payable of a statement is in the books once"): RELEASED,
    gettext_noop("Monthly parts are in the books as they were computed"): TRUE_UPS,
}


def verification() -> list[Check]:
    return checked(CHECKS)
