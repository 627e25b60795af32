"""Who handles a party's money is told of it: its owner and its finance people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from portal.notices.services import notify
from portal.parties.models import Membership, Party
from portal.parties.states import PAYING

ACCOUNT_PAGE = "/money/payouts/account/"


def payees_of(parties: Collection[int]) -> dict[int, list[int]]:
    """Who they are, by party."""
    rows = Membership.objects.filter(party__in=parties, role__in=PAYING)
    found: dict[int, list[int]] = {}
    for party, user in rows.values_list("party_id", "user_id"):
        found.setdefault(party, []).append(user)
    return found


def tell_payees(party: Party, **said: Any) -> None:
    tell_people(payees_of([party.pk]).get(party.pk, ()), party, **said)


def tell_people(people: Collection[int], party: Party, **said: Any) -> None:
    """`said`: event, key, sentence, params and url of a notice."""
    if people:
        notify(people, party_id=party.pk, **said)
