"""Accounts of two parties that become one: what was booked stays where it was booked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.ledger.models import Account, Journal
from portal.ledger.selectors import balances_of
from portal.parties.merges import logs, register_clash, stays
from portal.parties.models import Party

stays(Account, "party")
logs(Journal, "acting_party_id")


@register_clash
def is_even(survivor: Party, absorbed: Party) -> Verdict:
    """Money is moved by a journal that says why, never by a new name on an account."""
    if any(balance.amount for balance in balances_of(absorbed.pk)):
        return conflict(
            _("The party that goes has money in the books. Post it to the other first.")
        )
    return ALLOWED
