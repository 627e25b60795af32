"""Correcting, taking back and confirming a fact: each is a row in the place of the one before."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.evaluation import rules
from portal.evaluation.models import Fact
from portal.evaluation.states import Grade


@transaction.atomic
def correct_fact(
    actor: Actor, *, fact: Fact, value: float | None = None, is_void: bool = False, why: str
) -> Fact:
    """Append the row that stands in for `fact` from now on: with another value, or taking it back.
    What was gathered up to an earlier moment goes on reading the row it read."""
    rules.can_correct_fact(actor, fact).require()
    if (value is None) != is_void:
        sentence = _("Say the right value, or take the fact back.")
        raise Refused(flawless([Flaw("value", sentence)]))
    flawless(rules.flaws_of_correction(fact, value, why)).require()
    right = fact.value if value is None else float(value)
    return _append(actor, fact, "correct_fact", why, value=right, is_void=is_void)


@transaction.atomic
def confirm_fact(actor: Actor, *, fact: Fact, why: str) -> Fact:
    """Somebody else than the party has seen what it says: from now on it counts."""
    rules.can_confirm_fact(actor, fact).require()
    flawless(rules.flaws_of_correction(fact, None, why)).require()
    return _append(actor, fact, "confirm_fact", why, grade=Grade.CONFIRMED)


def _append(actor: Actor, fact: Fact, verb: str, why: str, **changes: Any) -> Fact:
    """Rows that are never changed cannot be locked: the key lets one of two corrections through."""
    later = Fact.objects.get(pk=fact.pk)
    later.pk, later._state.adding = None, True
    for name, value in changes.items():
        setattr(later, name, value)
    later.corrects, later.why = fact, why.strip()
    later.recorded_at, later.recorded_by = clock.now(), actor.user
    try:
        with transaction.atomic():
            later.save(force_insert=True)
    except IntegrityError as error:
        if "corrects_id" not in str(error):
            raise
        sentence = _("A later row stands in for this one; correct that one.")
        raise Refused(conflict(sentence)) from error
    before = {"fact": fact.pk} | {name: str(getattr(fact, name)) for name in changes}
    after = {name: str(value) for name, value in changes.items()}
    audit.record(actor, verb, later, before=before, after=after, why=later.why)
    return later
