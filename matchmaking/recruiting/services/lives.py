"""A post told as a life: what was done to it and to what was offered, by whom and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaking.catalogue.models import Product
from matchmaking.recruiting.fields import ApplicationFields, PostFields
from portal.core.actor import Actor
from portal.parties.models import Party

Acting = Callable[[Party], Actor]


@dataclass(frozen=True, slots=True)
class Happening:
    """At a moment: publish, pause, close or expire, of a post; shortlist, counter, agree, accept,
    reject, withdraw or lapse, of an application. `commission_bp`: what a counter-offer says."""

    at: datetime
    what: str
    reason: str = ""
    commission_bp: int = 0


@dataclass(frozen=True, slots=True)
class ApplicationLife:
    product: Product
    fields: ApplicationFields
    submitted_at: datetime
    happenings: Sequence[Happening] = ()


@dataclass(frozen=True, slots=True)
class PostLife:
    """A post to be, from its draft on, with what was offered to it in the order it came."""

    poster: Party
    fields: PostFields
    created_at: datetime
    happenings: Sequence[Happening] = ()
    applications: Sequence[ApplicationLife] = ()
