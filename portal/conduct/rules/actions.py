"""Who asks for corrective actions and checks them, and who takes measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from portal.conduct import states
from portal.conduct.fields import ActionFields
from portal.conduct.models import Case, CorrectiveAction, Measure
from portal.conduct.rules.cases import can_read_case, flaws_of_evidence, may_lead
from portal.conduct.states import ActionStatus, CaseStatus, MeasureKind
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict
from portal.parties.rules import can_suspend_party
from portal.parties.states import PartyStatus

MOST_TITLE, MOST_TEXT, MOST_PROOF = 80, 1000, 2000
MOST_ACTIONS = 10  # of a case


def can_ask_action(actor: Actor, case: Case) -> Verdict:
    """Nothing is asked of a party before its appeal is over."""
    if not (verdict := may_lead(actor, case)):
        return verdict
    if not (verdict := _is_in_force(case)):
        return verdict
    if case.actions.count() >= MOST_ACTIONS:
        return conflict(_("Ten corrective actions are enough for one case."))
    return ALLOWED


def can_hand_in_action(actor: Actor, action: CorrectiveAction) -> Verdict:
    if not (verdict := can_read_case(actor, action.case)):
        return verdict
    if action.status not in states.OWED:
        return conflict(_("There is nothing to hand in here now."))
    return ALLOWED


def can_check_action(actor: Actor, action: CorrectiveAction) -> Verdict:
    """Find done, or return: what was handed in."""
    if not (verdict := may_lead(actor, action.case)):
        return verdict
    if action.status != ActionStatus.HANDED_IN:
        return conflict(_("Nothing was handed in that could be checked."))
    return ALLOWED


def can_fail_action(actor: Actor, action: CorrectiveAction) -> Verdict:
    """Find not done: what was handed in, or what is overdue."""
    if not (verdict := may_lead(actor, action.case)):
        return verdict
    if action.status not in {ActionStatus.HANDED_IN, ActionStatus.OVERDUE}:
        return conflict(_("Its day has not passed yet."))
    return ALLOWED


def can_extend_action(actor: Actor, action: CorrectiveAction) -> Verdict:
    if not (verdict := may_lead(actor, action.case)):
        return verdict
    if action.status not in states.OWED:
        return conflict(_("More time is given while it is to be done."))
    return ALLOWED


def can_take_measures(actor: Actor, case: Case) -> Verdict:
    """Once the violation is in force."""
    if not (verdict := may_lead(actor, case)):
        return verdict
    return _is_in_force(case)


def can_impose_measure(actor: Actor, case: Case, kind: str) -> Verdict:
    """A suspension by who may suspend parties; and no measure twice."""
    if not (verdict := can_take_measures(actor, case)):
        return verdict
    if Measure.objects.running().filter(case__party=case.party_id, kind=kind).exists():
        return conflict(_("Such a measure is running already."))
    if kind == MeasureKind.SUSPEND:
        return can_suspend_party(actor, case.party)
    if case.party.status != PartyStatus.LISTED:
        return conflict(_("Only a listed party can be hidden."))
    return ALLOWED


def can_end_measure(actor: Actor, measure: Measure) -> Verdict:
    if not (verdict := may_lead(actor, measure.case)):
        return verdict
    if measure.ended_at is not None:
        return conflict(_("This measure is over."))
    return ALLOWED


def is_kept_hidden(party_id: int) -> Verdict:
    """Whether a running measure keeps the party out of the directory; the refusal says when it
    ends."""
    running = Measure.objects.running().filter(
        case__party=party_id, kind=MeasureKind.HIDE, until__gt=clock.now()
    )
    if (measure := running.order_by("until").last()) is None:
        return ALLOWED
    day = clock.day_of(measure.until).isoformat()
    return conflict(_("A measure keeps the party hidden until %(day)s.") % {"day": day})


def can_become_action(action: CorrectiveAction, status: str) -> bool:
    return status in states.ACTION_TRANSITIONS[action.status]


# --- what is written must be sound ----------------------------------------------------------------


def flaws_of_action(fields: ActionFields) -> Iterator[Flaw]:
    if not fields.title.strip():
        yield Flaw("title", _("Please fill this in."))
    elif len(fields.title.strip()) > MOST_TITLE or len(fields.title.splitlines()) > 1:
        yield Flaw("title", _("One line of at most 80 characters."))
    if not fields.text.strip():
        yield Flaw("text", _("Please fill this in."))
    elif len(fields.text.strip()) > MOST_TEXT:
        yield Flaw("text", _("At most 1,000 characters."))
    yield from flaws_of_day(fields.due_on)


def flaws_of_day(due_on: date) -> Iterator[Flaw]:
    if due_on <= clock.today():
        yield Flaw("due_on", _("Choose a day still to come."))


def flaws_of_proof(text: str, evidence: int) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw("text", _("Please fill this in."))
    elif len(text.strip()) > MOST_PROOF:
        yield Flaw("text", _("At most 2,000 characters."))
    yield from flaws_of_evidence(evidence)


def flaws_of_measure(case: Case, reason: str, until: datetime) -> Iterator[Flaw]:
    if not reason.strip():
        yield Flaw("reason", _("Say why; both sides read this sentence."))
    elif len(reason.strip()) > 600:
        yield Flaw("reason", _("At most 600 characters."))
    if until <= clock.now():
        yield Flaw("until", _("This moment has passed."))
    elif case.lapses_on is not None and clock.day_of(until) >= case.lapses_on:
        yield Flaw("until", _("A measure ends before its violation lapses."))


def _is_in_force(case: Case) -> Verdict:
    if case.status != CaseStatus.FINAL:
        return conflict(_("Only once the violation is in force, after hearing and appeal."))
    return ALLOWED
