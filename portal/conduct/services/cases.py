"""Leading a case: telling the party, hearing it, deciding, and judging the appeal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.conduct import rules
from portal.conduct.fields import Evidence
from portal.conduct.files import ANSWER_EVIDENCE
from portal.conduct.models import Appeal, Case, Decision, Hearing, Rule
from portal.conduct.selectors import offered_evidence
from portal.conduct.services.changing import change_status, lock_case
from portal.conduct.services.evidence import keep_evidence
from portal.conduct.services.facts import record_violation
from portal.conduct.services.telling import tell_accused, tell_reporters
from portal.conduct.states import CaseStatus, Outcome, Stage
from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.core.verdict import flawless
from portal.core.workdays import add_working_days

# --- the operators' side --------------------------------------------------------------------------


@transaction.atomic
def notify_case(
    actor: Actor,
    *,
    case: Case,
    charge: str,
    rule: Rule | None = None,
    evidence: Collection[UUID] = (),
) -> Case:
    """Tell the party what it is accused of, by `rule` if another one fits better, with those of the
    files handed in that it may see. Its time to be heard begins."""
    case = lock_case(case)
    rules.can_notify_case(actor, case).require()
    case.rule = rule or case.rule
    flawless(rules.flaws_of_charge(case, charge, case.rule)).require()
    rules.stands_alone(case).require()
    case.charge, case.notified_at = charge.strip(), clock.now()
    _show(case, evidence)
    due_on = add_working_days(clock.today(), case.rule.hearing_days)
    change_status(actor, case, CaseStatus.NOTIFIED, verb="notify_case", due_on=due_on)
    tell_accused(
        case,
        "notified",
        gettext_noop("Case %(number)s: “%(rule)s” is held against you. Answer until %(day)s."),
        day=due_on,
    )
    return case


@transaction.atomic
def dismiss_case(actor: Actor, *, case: Case, reason: str) -> Case:
    """Nothing comes of it: at sight, or after the party was heard. Both sides read why."""
    case = lock_case(case)
    rules.can_dismiss_case(actor, case).require()
    _decide(actor, case, Stage.FIRST, Outcome.DISMISSED, reason)
    change_status(actor, case, CaseStatus.DISMISSED, verb="dismiss_case", why=reason.strip())
    if case.notified_at is not None:
        sentence = gettext_noop("Case %(number)s was dismissed: %(reason)s")
        tell_accused(case, "dismissed", sentence, reason=reason.strip())
    _tell_dismissed(case, reason)
    return case


@transaction.atomic
def confirm_case(actor: Actor, *, case: Case, reason: str) -> Case:
    """The rule was violated. It counts, and is public, once the time to appeal is over."""
    case = lock_case(case)
    rules.can_confirm_case(actor, case).require()
    _decide(actor, case, Stage.FIRST, Outcome.CONFIRMED, reason)
    now, rule = clock.now(), case.rule
    case.confirmed_at, case.points, case.gate = now, rule.points, rule.gate
    case.lapses_on = clock.day_of(now) + timedelta(days=rule.lapse_days)
    due_on = add_working_days(clock.day_of(now), rule.appeal_days)
    change_status(
        actor,
        case,
        CaseStatus.CONFIRMED,
        verb="confirm_case",
        due_on=due_on,
        why=reason.strip(),
    )
    tell_accused(
        case,
        "confirmed",
        gettext_noop("Case %(number)s: “%(rule)s” was confirmed. You may appeal until %(day)s."),
        day=due_on,
    )
    return case


@transaction.atomic
def judge_verdict(actor: Actor, *, case: Case, outcome: Outcome, reason: str) -> Case:
    """Answer the appeal, as a second person: the decision stands, or is overturned."""
    case = lock_case(case)
    rules.can_judge_verdict(actor, case).require()
    is_upheld = outcome == Outcome.UPHELD
    _decide(actor, case, Stage.APPEAL, Outcome.UPHELD if is_upheld else Outcome.OVERTURNED, reason)
    if is_upheld:
        put_in_force(actor, case, verb="uphold_verdict", why=reason.strip())
        return case
    status = CaseStatus.OVERTURNED
    change_status(actor, case, status, verb="overturn_verdict", why=reason.strip())
    sentence = gettext_noop("Case %(number)s: your appeal was right. %(reason)s")
    tell_accused(case, "overturned", sentence, reason=reason.strip())
    _tell_dismissed(case, reason)
    return case


def put_in_force(actor: Actor, case: Case, *, verb: str, why: str = "") -> None:
    """Within a locked case that is heard, decided and past its appeal."""
    case.final_at = clock.now()
    change_status(actor, case, CaseStatus.FINAL, verb=verb, due_on=case.lapses_on, why=why)
    record_violation(actor, case)
    tell_accused(
        case,
        "final",
        gettext_noop("Case %(number)s: “%(rule)s” is in force and public until %(day)s."),
        day=case.lapses_on,
    )
    sentence = gettext_noop("What you reported of %(party)s was found to be a violation.")
    tell_reporters(case, "confirmed", sentence)


# --- the party's side -----------------------------------------------------------------------------


@transaction.atomic
def answer_case(
    actor: Actor, *, case: Case, text: str, evidence: Sequence[Evidence] = ()
) -> Hearing:
    """The party's statement to the charge, once; an operator decides after it."""
    case = lock_case(case)
    rules.can_answer_case(actor, case).require()
    flawless(rules.flaws_of_words(text, len(evidence))).require()
    hearing = Hearing.objects.create(
        case=case, text=text.strip(), by_id=actor.user_id, at=clock.now()
    )
    hearing.evidence.set(_answered_with(actor, case, evidence))
    change_status(actor, case, CaseStatus.HEARD, verb="answer_case")
    return hearing


@transaction.atomic
def appeal_verdict(
    actor: Actor, *, case: Case, text: str, evidence: Sequence[Evidence] = ()
) -> Appeal:
    """Object to the decision, once; somebody else answers, and nothing is in force until then."""
    case = lock_case(case)
    rules.can_appeal_verdict(actor, case).require()
    flawless(rules.flaws_of_words(text, len(evidence))).require()
    appeal = Appeal.objects.create(
        case=case, text=text.strip(), by_id=actor.user_id, at=clock.now()
    )
    appeal.evidence.set(_answered_with(actor, case, evidence))
    change_status(actor, case, CaseStatus.APPEALED, verb="appeal_verdict")
    return appeal


@transaction.atomic
def withdraw_verdict_appeal(actor: Actor, *, case: Case) -> Case:
    """Take the appeal back before it is answered: the decision is in force at once."""
    case = lock_case(case)
    rules.can_withdraw_appeal(actor, case).require()
    put_in_force(actor, case, verb="withdraw_verdict_appeal")
    return case


# --- pieces ---------------------------------------------------------------------------------------


def _show(case: Case, evidence: Collection[UUID]) -> None:
    """What the party sees is the case's from now on: it has to answer it, whoever asks to be
    forgotten meanwhile."""
    case.shown.set(offered_evidence(case).filter(pk__in=evidence))
    case.shown.update(is_personal=False)


def _decide(actor: Actor, case: Case, stage: Stage, outcome: Outcome, reason: str) -> None:
    flawless(rules.flaws_of_reason(reason)).require()
    Decision.objects.create(
        case=case,
        stage=stage,
        outcome=outcome,
        reason=reason.strip(),
        by_id=actor.user_id,
        first_by_id=rules.first_judge_id(case) if stage == Stage.APPEAL else None,
        at=clock.now(),
    )


def _answered_with(actor: Actor, case: Case, evidence: Sequence[Evidence]) -> list[StoredFile]:
    return keep_evidence(actor, evidence, purpose=ANSWER_EVIDENCE, party_id=case.party_id)


def _tell_dismissed(case: Case, reason: str) -> None:
    sentence = gettext_noop("What you reported of %(party)s was dismissed: %(reason)s")
    tell_reporters(case, "dismissed", sentence, reason=reason.strip())
