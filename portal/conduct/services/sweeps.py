"""What happens by itself when a day has passed. Each row in a transaction of its own; safe to run
twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_noop

from portal.conduct import states
from portal.conduct.models import Case
from portal.conduct.services.cases import put_in_force
from portal.conduct.services.changing import change_status, lock_case
from portal.conduct.services.facts import take_violation_back
from portal.conduct.services.telling import tell_accused
from portal.conduct.states import CaseStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.core.workdays import add_working_days

AT_ONCE = 500
REMIND_WORKING_DAYS = 2  # before the party's last day


def sweep_cases(actor: Actor) -> int:
    """Close the hearings and the appeals whose last day has passed, let violations lapse, and
    remind those whose day is near. How many rows changed."""
    return (
        _each(actor, Case.objects.due(CaseStatus.NOTIFIED), _close_hearing)
        + _each(actor, Case.objects.due(CaseStatus.CONFIRMED), _close_appeal)
        + _each(actor, _lapsing(), _lapse)
        + _each(actor, _near(), _remind)
    )


def _lapsing() -> QuerySet[Case]:
    over = Case.objects.filter(status=CaseStatus.FINAL, lapses_on__lte=clock.today())
    return over.order_by("lapses_on", "pk")


def _near() -> QuerySet[Case]:
    soon = add_working_days(clock.today(), REMIND_WORKING_DAYS)
    waiting = Case.objects.filter(
        status__in=states.THEIRS, due_on__lte=soon, due_on__gte=clock.today()
    )
    return waiting.exclude(reminded_for=F("due_on")).order_by("due_on", "pk")


def _each(actor: Actor, rows: QuerySet[Case], act: Callable[[Actor, Case], int]) -> int:
    return sum(_once(actor, case, act) for case in rows[:AT_ONCE])


@transaction.atomic
def _once(actor: Actor, case: Case, act: Callable[[Actor, Case], int]) -> int:
    locked = lock_case(case)
    if locked.status != case.status:  # somebody was quicker
        return 0
    return act(actor, locked)


def _close_hearing(actor: Actor, case: Case) -> int:
    """The party said nothing: it is decided by what there is."""
    change_status(actor, case, CaseStatus.HEARD, verb="close_hearing")
    return 1


def _close_appeal(actor: Actor, case: Case) -> int:
    put_in_force(actor, case, verb="put_in_force")
    return 1


def _lapse(actor: Actor, case: Case) -> int:
    change_status(actor, case, CaseStatus.LAPSED, verb="lapse_case")
    take_violation_back(actor, case)
    sentence = gettext_noop("Case %(number)s: “%(rule)s” has lapsed; it is no longer public.")
    tell_accused(case, "lapsed", sentence)
    return 1


def _remind(actor: Actor, case: Case) -> int:
    if case.reminded_for == case.due_on:
        return 0
    case.reminded_for = case.due_on
    case.save(update_fields=["reminded_for"])
    is_hearing = case.status == CaseStatus.NOTIFIED
    tell_accused(
        case,
        "answer_due" if is_hearing else "appeal_due",
        gettext_noop("Case %(number)s: the last day to answer is %(day)s.")
        if is_hearing
        else gettext_noop("Case %(number)s: the last day to appeal is %(day)s."),
        day=case.due_on or date.max,
    )
    return 1
