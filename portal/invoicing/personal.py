"""What tax and accounts want kept of a payee when the person is forgotten."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from portal.core import clock
from portal.parties.holdings import register_duty

KEPT_YEARS = 30  # vouchers and statements, by the rules on accounting archives
# Whoever had money here stands in statements, in withholding and in the quarters' reports.
HAD_MONEY = """
    SELECT DISTINCT account.party_id FROM ledger_account account
    WHERE account.party_id = ANY(%(parties)s) AND account.track = 'settled' AND EXISTS (
        SELECT FROM ledger_entry entry JOIN ledger_journal journal ON journal.id = entry.journal_id
        WHERE entry.account_id = account.id AND journal.posted_at >= %(since)s
    )
"""


@register_duty
def had_money(parties: Collection[int]) -> set[int]:
    now = clock.now()
    since = now.replace(year=now.year - KEPT_YEARS, day=min(now.day, 28))
    with connection.cursor() as cursor:
        cursor.execute(HAD_MONEY, {"parties": list(parties), "since": since})
        return {party for (party,) in cursor.fetchall()}
