"""Tasks that lift a creator's lines, as its own page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from portal.core.money import Money
from portal.growth.selectors.lines import Offer, register_offers
from portal.parties.models import Party
from portal.rewards.models import Claim, Task
from portal.rewards.states import Unit

MOST = 2  # of a line


@register_offers
def tasks_to_take_up(party: Party) -> Mapping[str, Sequence[Offer]]:
    """What it may claim now and has not: the soonest to close first. Whether it may is asked again
    on the task's page, which says why not."""
    taken = Claim.objects.alive().filter(party=party).values("task")
    tasks = Task.objects.open().for_kind(party.kind).exclude(line="").exclude(pk__in=taken)
    found: defaultdict[str, list[Offer]] = defaultdict(list)
    for task in tasks.order_by("closes_at", "pk")[:40]:
        if task.left and len(found[task.line]) < MOST:
            found[task.line].append(Offer(task.title, _brings(task), task.get_absolute_url()))
    return found


def _brings(task: Task) -> str:
    if task.unit == Unit.CASH:
        return _("brings %(amount)s") % {"amount": Money(task.amount).short}
    return _("brings %(n)s points of traffic") % {"n": f"{task.amount:,}"}
