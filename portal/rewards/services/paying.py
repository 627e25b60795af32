"""What the platform owes out of rewards goes on its way: the whole balance of a party, so that what
was taken back after it was paid is made good first. Some parties a transaction, as a job: whatever
dies in between leaves each of them paid once or not yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import clock, jobs
from portal.core.actor import Actor
from portal.core.models import Job
from portal.ledger.selectors import amounts_of
from portal.ledger.states import Kind
from portal.parties.models import Party
from portal.payouts.fields import Owed
from portal.payouts.services import owe_many
from portal.rewards import rules

PAY = "rewards.pay"
PAID_AT_ONCE = 500


@transaction.atomic
def pay_rewards(actor: Actor) -> Job:
    """Once a day."""
    rules.can_pay_rewards(actor).require()
    return jobs.queue_job(actor, kind=PAY)


def owed_rewards() -> list[int]:
    """The parties whose balance of rewards is above zero. One below zero stays, and is seen, until
    new rewards have made it good."""
    return sorted(party for party, amount in amounts_of(Kind.REWARD).items() if amount > 0)


@transaction.atomic
def pay_some(actor: Actor, *, parties: Sequence[int]) -> int:
    """How many of them are owed something from now on, by what the books say under their locks."""
    rules.can_pay_rewards(actor).require()
    rows = Party.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=parties)
    held = list(rows.order_by("pk").values_list("pk", flat=True))
    amounts, day, text = amounts_of(Kind.REWARD, held), clock.today(), _("Rewards of tasks")
    debts = [
        Owed(party, f"rewards/{party}/{day:%Y%m%d}", text, amounts[party])
        for party in held
        if amounts.get(party, 0) > 0
    ]
    return owe_many(actor, debts=debts, source=Kind.REWARD)
