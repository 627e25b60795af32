"""Who handles a party's money is told of it: its owner and its finance people."""

from __future__ import annotations

from typing import Any

from portal.notices.services import notify
from portal.parties.models import Membership, Party
from portal.parties.states import PAYING

ACCOUNT_PAGE = "/money/payouts/account/"


def tell_payees(
    party: Party, *, event: str, key: str, sentence: str, params: dict[str, Any], url: str
) -> None:
    people = Membership.objects.filter(party=party, role__in=PAYING)
    notify(
        people.values_list("user_id", flat=True),
        party_id=party.pk,
        event=event,
        key=key,
        sentence=sentence,
        params=params,
        url=url,
    )
