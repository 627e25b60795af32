"""Cases and reports as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from portal.conduct import rules
from portal.conduct.models import (
    ActionStep,
    Appeal,
    Case,
    CorrectiveAction,
    Decision,
    Hearing,
    Report,
    Rule,
)
from portal.conduct.places import Place, find_place
from portal.conduct.states import BINDING, CaseStatus, Stage
from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.core.models import StoredFile
from portal.core.verdict import Verdict
from portal.parties.models import Party


def cases_of(actor: Actor) -> QuerySet[Case]:
    """What is or was held against the party one speaks for."""
    return Case.objects.visible_to(actor).select_related("rule", "party")


def reports_of(actor: Actor) -> QuerySet[Report]:
    return Report.objects.visible_to(actor).select_related("case__party", "case__rule")


def offered_evidence(case: Case) -> QuerySet[StoredFile]:
    """What reporters and operators handed in; the party sees what is chosen of it."""
    reported = Report.evidence.through._default_manager.filter(report__case=case)
    own = Case.evidence.through._default_manager.filter(case=case)
    known = Q(pk__in=reported.values("storedfile")) | Q(pk__in=own.values("storedfile"))
    return StoredFile.objects.alive().filter(known).order_by("created_at", "pk")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a report ended for who made it: while the party may still appeal, nothing is said."""

    is_violation: bool
    reason: str


def end_of(report: Report) -> Ended | None:
    """None: it is being looked into. Its decisions are prefetched."""
    case = report.case
    if case.status in BINDING:
        return Ended(True, _reason_of(case, Stage.FIRST))
    if case.status == CaseStatus.DISMISSED:
        return Ended(False, _reason_of(case, Stage.FIRST))
    if case.status == CaseStatus.OVERTURNED:
        return Ended(False, _reason_of(case, Stage.APPEAL))
    return None


def _reason_of(case: Case, stage: Stage) -> str:
    return next((row.reason for row in case.decisions.all() if row.stage == stage), "")


@dataclass(frozen=True, slots=True)
class Task:
    """A corrective action with what was done about it, and what the acting person may do."""

    action: CorrectiveAction
    steps: list[ActionStep]
    can_hand_in: Verdict
    can_check: Verdict
    can_fail: Verdict
    can_extend: Verdict


def tasks_of(actor: Actor, case: Case) -> list[Task]:
    steps = ActionStep.objects.order_by("pk").prefetch_related("evidence")
    rows = case.actions.order_by("due_on", "asked_at").prefetch_related(Prefetch("steps", steps))
    found = []
    for action in rows:
        action.case = case
        found.append(
            Task(
                action=action,
                steps=list(action.steps.all()),
                can_hand_in=rules.can_hand_in_action(actor, action),
                can_check=rules.can_check_action(actor, action),
                can_fail=rules.can_fail_action(actor, action),
                can_extend=rules.can_extend_action(actor, action),
            )
        )
    return found


def hearing_of(case: Case) -> Hearing | None:
    return Hearing.objects.filter(case=case).prefetch_related("evidence").first()


def appeal_of(case: Case) -> Appeal | None:
    return Appeal.objects.filter(case=case).prefetch_related("evidence").first()


def decisions_of(case: Case) -> QuerySet[Decision]:
    return case.decisions.select_related("by").order_by("at", "pk")


def place_of(case: Case) -> Place | None:
    """Where it happened, if that was a thing of the site that is still there."""
    return find_place(system_actor("web"), case.place_kind, case.place_key)


# --- the rule book --------------------------------------------------------------------------------


def rules_for(party: Party, day: date | None = None) -> QuerySet[Rule]:
    """What a party of this kind may be reported for."""
    return Rule.objects.on(day or clock.today()).for_kind(party.kind).order_by("position", "code")


def rule_book() -> QuerySet[Rule]:
    """What is in force today, and what begins later."""
    today = clock.today()
    standing = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return Rule.objects.filter(standing).order_by("position", "code", "starts_on")


def reportable_parties(actor: Actor, kind: str, key: str) -> QuerySet[Party]:
    """Whom one may report: who is listed, and with whom one has to do at that place."""
    known = Q(pk__in=Party.objects.listed().values("pk"))
    place = find_place(actor, kind, key) if kind else None
    if place is not None:
        known |= Q(pk__in=place.party_ids)
    return Party.objects.filter(known).select_related("city")


def with_decisions(reports: QuerySet[Report]) -> QuerySet[Report]:
    return reports.prefetch_related("case__decisions")


def shown_evidence(case: Case) -> Iterable[StoredFile]:
    return case.shown.alive().order_by("created_at", "pk")
