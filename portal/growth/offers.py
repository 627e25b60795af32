"""Tasks that lift a creator's lines, as its own page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from portal.growth.selectors.lines import Offer, register_offers
from portal.parties.models import Party
from portal.rewards.models import Task
from portal.rewards.selectors import asked_of, running_ways, tasks_that_suit
from portal.rewards.words import reward_of

MOST, MOST_RUNNING = 2, 20  # of a line; of all


@register_offers
def tasks_to_take_up(party: Party) -> Mapping[str, Sequence[Offer]]:
    """First what it is on its way through, with the next step; then what it may claim now, the
    soonest to close first."""
    found: defaultdict[str, list[Offer]] = defaultdict(list)
    for way in running_ways(party, MOST_RUNNING):
        url, task = way.claim.get_absolute_url(), way.claim.task
        found[task.line].append(Offer(task.title, way.next, url, _("Go on with the task")))
    for task in tasks_that_suit(party):
        if len(found[task.line]) < MOST:
            offer = Offer(task.title, _brings(task), task.get_absolute_url(), _("See and claim it"))
            found[task.line].append(offer)
    found.pop("", None)
    return found


def _brings(task: Task) -> str:
    said = {"steps": asked_of(task), "reward": reward_of(task)}
    return _("%(steps)s: %(reward)s") % said
