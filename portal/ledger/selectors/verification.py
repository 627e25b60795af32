"""Whether the books are what they should be, read from the bare entries."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from portal.core.verifying import Check, checked

# Each finds rows that should not be there.
CHECKS = {
    gettext_noop("Everything together is zero in each track and currency"): """
        SELECT account.track, account.currency, sum(entry.amount)
        FROM ledger_entry entry JOIN ledger_account account ON account.id = entry.account_id
        GROUP BY 1, 2 HAVING sum(entry.amount) <> 0
    """,
    gettext_noop("Every journal is zero in each track and currency"): """
        SELECT entry.journal_id, account.track, account.currency, sum(entry.amount)
        FROM ledger_entry entry JOIN ledger_account account ON account.id = entry.account_id
        GROUP BY 1, 2, 3 HAVING sum(entry.amount) <> 0
    """,
    gettext_noop("Every leg has its journal, written with it, and its account"): """
        SELECT entry.id FROM ledger_entry entry
        LEFT JOIN ledger_journal journal ON journal.id = entry.journal_id
        LEFT JOIN ledger_account account ON account.id = entry.account_id
        WHERE account.id IS NULL OR journal.xact IS DISTINCT FROM entry.xact
    """,
    gettext_noop("Every journal has legs"): """
        SELECT journal.id FROM ledger_journal journal
        WHERE NOT EXISTS (SELECT FROM ledger_entry WHERE journal_id = journal.id)
    """,
    gettext_noop("Checkpoints are what their entries add up to"): """
        SELECT coalesce(known.account_id, sums.account_id), known.amount, sums.amount
        FROM ledger_checkpoint known FULL JOIN (
            SELECT account_id, sum(amount) AS amount FROM ledger_entry
            WHERE xact < (SELECT upto FROM ledger_watermark) GROUP BY account_id
        ) sums ON sums.account_id = known.account_id
        WHERE known.amount IS DISTINCT FROM sums.amount
    """,
    gettext_noop("Reversals are the opposite of what they reverse"): """
        SELECT reversal.id FROM ledger_journal reversal
        JOIN ledger_entry entry ON entry.journal_id IN (reversal.id, reversal.reverses_id)
        WHERE reversal.reverses_id IS NOT NULL
        GROUP BY reversal.id, entry.account_id, entry.part HAVING sum(entry.amount) <> 0
    """,
}


def verification() -> list[Check]:
    return checked(CHECKS)
