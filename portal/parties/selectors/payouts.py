"""Where a party is paid, as its page shows it."""

from __future__ import annotations

from django.db.models import QuerySet

from portal.parties.models import Party, PayoutChange

SHOWN = 50


def payout_changes(party: Party) -> QuerySet[PayoutChange]:
    """What happened to its accounts, the newest first."""
    changes = PayoutChange.objects.filter(account__party=party).select_related("account", "by")
    return changes.order_by("-pk")[:SHOWN]
