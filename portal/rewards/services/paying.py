"""What the platform owes out of rewards goes on its way: the whole balance of a party, so that what
was taken back after it was paid is made good first."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.ledger.selectors import amounts_of
from portal.ledger.states import Kind
from portal.parties.models import Party
from portal.parties.services import lock_party
from portal.payouts.services import owe


def pay_rewards(actor: Actor) -> int:
    """Once a day; how many parties are owed something from now on. A balance below zero stays, and
    is seen, until new rewards have made it good."""
    owed = [party for party, amount in amounts_of(Kind.REWARD).items() if amount > 0]
    parties = Party.objects.filter(pk__in=owed).order_by("pk")
    return sum(_pay(actor, party) for party in parties)


@transaction.atomic
def _pay(actor: Actor, party: Party) -> bool:
    party = lock_party(party)
    amount = amounts_of(Kind.REWARD, {party.pk}).get(party.pk, 0)
    if amount <= 0:
        return False
    owe(
        actor,
        party=party,
        key=f"rewards/{party.pk}/{clock.today():%Y%m%d}",
        text=_("Rewards of tasks"),
        amount_fen=amount,
        source=Kind.REWARD,
    )
    return True
