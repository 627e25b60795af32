"""Cases of conduct: where a party's word is asked for, and what it is to put right."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.conduct.models import Case, CorrectiveAction
from portal.conduct.states import THEIRS, CaseStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.states import MANAGING

MOST = 20
OF_CASE = ("public_id", "opened_at", "status", "due_on", "rule__title_zh", "rule__title_en")


def conduct_todos(actor: Actor) -> Iterator[Waiting]:
    """For those who sign for the party."""
    if actor.party is None or actor.role not in MANAGING:
        return
    waiting = Case.objects.visible_to(actor).filter(status__in=THEIRS)
    rows = waiting.order_by("due_on", "pk")
    yield Waiting(rows[:MOST], _case, OF_CASE)
    owed = CorrectiveAction.objects.visible_to(actor).owed().select_related("case")
    yield Waiting(owed.order_by("due_on", "asked_at")[:MOST], _action)


def _case(case: Case) -> Todo:
    is_hearing = case.status == CaseStatus.NOTIFIED
    return dated(
        case.due_on or clock.today(),
        title=_("Say what you have to say")
        if is_hearing
        else _("A violation was confirmed; you may appeal"),
        detail=f"{case.rule.title} · {case.number}",
        url=case.get_absolute_url(),
        verb=_("Answer") if is_hearing else _("Look"),
    )


def _action(action: CorrectiveAction) -> Todo:
    return dated(
        action.due_on,
        title=_("Put right: %(title)s") % {"title": action.title},
        detail=action.text,
        url=action.get_absolute_url(),
        verb=_("Hand in"),
    )
