"""Who acts in the demo, and when: the owners of rated parties, and two operators."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.evaluation.models import Rating, Snapshot
from portal.parties.demo import acting, cast_party, demo_user
from portal.parties.demo.cast import EVALUATOR
from portal.parties.models import Party
from portal.parties.states import PartyKind, Role


@contextmanager
def history_at(moment: datetime) -> Iterator[None]:
    with outbox.born_delivered(), clock.standing_at(moment):
        yield


def first_person() -> Actor:
    return Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")


def second_person() -> Actor:
    return Actor(user=demo_user(EVALUATOR), party=None, role=OPERATOR, via="demo")


def owner_of(party: Party) -> Actor:
    return acting(party)


def homes_of(snapshot: Snapshot, most: int) -> list[Rating]:
    """What some are rated by: the provider of the guide first, then others in the order they came.
    Fewer in a small world."""
    star = cast_party(PartyKind.PROVIDER)
    owned = Rating.objects.filter(snapshot=snapshot, is_home=True, score__isnull=False)
    owned = owned.filter(party__membership__role=Role.OWNER).select_related("party", "snapshot")
    rows = list(owned.filter(party=star)) + list(owned.exclude(party=star).order_by("party")[:most])
    return rows[:most]
