"""The one door through which a case, or a corrective action, gets another status."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.conduct import rules, states
from portal.conduct.models import Case, CorrectiveAction
from portal.conduct.states import ActionStatus, CaseStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.core.workdays import add_working_days


def lock_case(case: Case) -> Case:
    """Everything about a case waits in this line."""
    locked = Case.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("party__city", "rule").get(pk=case.pk)


def change_status(
    actor: Actor,
    case: Case,
    status: CaseStatus,
    *,
    verb: str,
    due_on: date | None = None,
    why: str = "",
) -> None:
    """Within a locked case. `due_on`: the last day of who is to act now; the operators' own is
    counted here."""
    if not rules.can_become(case, status):
        raise Refused(conflict(_("This is not possible in the case's present state.")))
    now = clock.now()
    before, case.status = case.status, status
    case.changed_at = now
    if status in states.WITHIN:
        due_on = add_working_days(clock.day_of(now), states.WITHIN[status])
    case.due_on = due_on
    case.ended_at = now if status in states.ENDED else None
    case.save()
    after: dict[str, Any] = {"status": status}
    if due_on is not None:
        after["due_on"] = due_on.isoformat()
    audit.record(actor, verb, case, before={"status": before}, after=after, why=why)


def lock_action(action: CorrectiveAction) -> CorrectiveAction:
    """The action under its case's lock."""
    case = lock_case(action.case)
    locked = CorrectiveAction.objects.get(pk=action.pk)
    locked.case = case
    return locked


def change_action(
    actor: Actor, action: CorrectiveAction, status: ActionStatus, *, verb: str, why: str = ""
) -> None:
    """Within a locked action."""
    if not rules.can_become_action(action, status):
        raise Refused(conflict(_("This is not possible in the action's present state.")))
    before, action.status = action.status, status
    action.save()
    audit.record(
        actor,
        verb,
        action,
        before={"status": before},
        after={"status": status, "due_on": action.due_on.isoformat()},
        why=why,
    )
