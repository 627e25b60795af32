"""A need told as a life: what was done to it, by whom and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaking.needs.fields import NeedFields, ProposalFields
from matchmaking.needs.states import LossReason
from portal.core.actor import Actor
from portal.parties.models import Party

Acting = Callable[[Party], Actor]


@dataclass(frozen=True, slots=True)
class Event:
    """What was done at a moment: publish, invite, submit, withdraw, shortlist, decline, accept,
    cancel or expire; to whose answer, where it is about one."""

    at: datetime
    what: str
    bidder: Party | None = None
    offer: ProposalFields | None = None
    reason: LossReason | None = None


@dataclass(frozen=True, slots=True)
class NeedLife:
    """A need to be, from its draft on; `acting` gives the actor who speaks for a party."""

    merchant: Party
    fields: NeedFields
    created_at: datetime
    events: Sequence[Event] = ()
