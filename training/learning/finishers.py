"""What follows from a completed course in parts of the site that stand above this one: they say so
here. And which completions do not count any more."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from portal.core.actor import Actor
from training.learning.models import Enrolment

Finisher = Callable[[Actor, Enrolment], None]
_finishers: list[Finisher] = []
_voids: list[Q] = []


def register_finisher(finisher: Finisher) -> Finisher:
    """Called in the transaction that writes a completion down, with the enrolment locked."""
    _finishers.append(finisher)
    return finisher


def tell_finished(actor: Actor, enrolment: Enrolment) -> None:
    for finisher in _finishers:
        finisher(actor, enrolment)


def register_void(void: Q) -> None:
    """Completions that this finds open no other course, and their course may be taken again."""
    _voids.append(void)


def voids() -> list[Q]:
    return _voids
