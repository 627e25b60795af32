"""How many a party asks in a day without a need or a post, and by how many it is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.reach import is_reached
from portal.core import clock
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.models import Party
from portal.policies.dated import read_dated_rules
from portal.policies.states import DatedKind

KINDS = (DatedKind.PROPOSALS_SENT, DatedKind.PROPOSALS_TAKEN)
Asked = QuerySet[Any]  # what was asked today, by one party or of one


def day_began() -> datetime:
    return datetime.combine(clock.today(), time(), clock.SHANGHAI)


def may_be_asked(
    asking: Party, asked: Party, *, by: Callable[[Party], Asked], of: Callable[[Party], Asked]
) -> Verdict:
    """The refusal is one sentence whether somebody is blocked, represented, or has been asked often
    enough today: nothing tells one from the other."""
    rules = read_dated_rules(*KINDS)
    sent = rules.row_on(DatedKind.PROPOSALS_SENT, clock.today())
    if sent is not None and by(asking).count() >= sent.value:
        sentence = _("At most %(n)s in a day (rule of %(day)s); go on tomorrow.")
        return conflict(sentence % {"n": sent.value, "day": sent.starts_on.isoformat()})
    taken = rules.value_on(DatedKind.PROPOSALS_TAKEN, clock.today())
    is_full = taken is not None and of(asked).count() >= taken
    if is_full or not is_reached(asking, asked):
        return conflict(_("“%(name)s” takes nothing this way at present.") % {"name": asked.name})
    return ALLOWED
