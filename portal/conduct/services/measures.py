"""Measures against a party: hiding it or suspending it for a time, and ending that."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from portal.conduct import rules
from portal.conduct.models import Case, Measure
from portal.conduct.services.changing import lock_case
from portal.conduct.services.telling import tell_accused
from portal.conduct.states import MeasureKind
from portal.core import audit, clock
from portal.core.actor import Actor, system_actor
from portal.core.verdict import flawless
from portal.parties.models import Party, Suspension
from portal.parties.services import hide_party, lift_suspension, list_party, suspend_party
from portal.parties.states import PartyStatus

AT_ONCE = 500
TIME_IS_OVER = "its time is over"


@transaction.atomic
def impose_measure(
    actor: Actor, *, case: Case, kind: MeasureKind, reason: str, until: datetime
) -> Measure:
    """Hide the party from the directory, or suspend it, until a moment."""
    case = lock_case(case)
    rules.can_impose_measure(actor, case, kind).require()
    flawless(rules.flaws_of_measure(case, reason, until)).require()
    measure = Measure.objects.create(
        case=case,
        kind=kind,
        reason=reason.strip(),
        begun_at=clock.now(),
        until=until,
        suspension=_enforce(actor, case.party, kind, reason.strip(), until),
        by_id=actor.user_id,
    )
    after = {"case": case.pk, "kind": kind, "until": until.isoformat()}
    audit.record(actor, "impose_measure", measure, after=after, why=measure.reason)
    if kind == MeasureKind.HIDE:  # a suspension tells of itself
        tell_accused(
            case,
            f"hidden_{measure.pk}",
            gettext_noop("Case %(number)s: your party is hidden until %(day)s. %(reason)s"),
            day=clock.day_of(until),
            reason=measure.reason,
        )
    return measure


@transaction.atomic
def end_measure(actor: Actor, *, measure: Measure, reason: str) -> Measure:
    """Before its time."""
    measure = _lock(measure)
    rules.can_end_measure(actor, measure).require()
    flawless(rules.flaws_of_reason(reason)).require()
    _end(actor, measure, reason.strip()[:600])
    return measure


def sweep_measures(actor: Actor) -> int:
    """End the measures whose time is over, and those whose suspension was lifted elsewhere."""
    over = Q(until__lte=clock.now()) | Q(suspension__lifted_at__isnull=False)
    due = Measure.objects.running().filter(over).select_related("case").order_by("until", "pk")
    return sum(_end_due(actor, measure) for measure in due[:AT_ONCE])


@transaction.atomic
def _end_due(actor: Actor, measure: Measure) -> int:
    measure = _lock(measure)
    if measure.ended_at is not None:
        return 0
    is_over = measure.until <= clock.now()
    _end(actor, measure, TIME_IS_OVER if is_over else "the suspension was lifted")
    return 1


def _enforce(
    actor: Actor, party: Party, kind: MeasureKind, reason: str, until: datetime
) -> Suspension | None:
    if kind == MeasureKind.SUSPEND:
        return suspend_party(actor, party=party, reason=reason, until=until)
    hide_party(system_actor(actor.via), party=party)  # its own people alone hide a party otherwise
    return None


def _end(actor: Actor, measure: Measure, why: str) -> None:
    """The party stands again where it stood, as far as nothing else keeps it."""
    measure.ended_at, measure.ended_why = clock.now(), why
    measure.save(update_fields=["ended_at", "ended_why"])
    audit.record(actor, "end_measure", measure, why=why)
    party, suspension = Party.objects.get(pk=measure.case.party_id), measure.suspension
    if suspension is not None and suspension.lifted_at is None:
        lift_suspension(actor, party=party, reason=why)
    elif measure.kind == MeasureKind.HIDE and party.status == PartyStatus.HIDDEN:
        list_party(system_actor(actor.via), party=party)


def _lock(measure: Measure) -> Measure:
    """The measure under its case's lock."""
    case = lock_case(measure.case)
    locked = Measure.objects.select_related("suspension").get(pk=measure.pk)
    locked.case = case
    return locked
