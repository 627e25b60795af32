"""Who leads a case, who is heard, who decides, and who judges the appeal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.conduct import states
from portal.conduct.models import Appeal, Case, Decision, Rule
from portal.conduct.states import CaseStatus, Stage
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, covers_region, is_member

MOST_REASON, MOST_CHARGE, MOST_WORDS, MOST_EVIDENCE = 1000, 2000, 3000, 3


def may_lead(actor: Actor, case: Case) -> Verdict:
    """An operator for this party's region who has nothing to do with the case."""
    if not (verdict := may_open_case(actor, case.party)):
        return verdict
    if actor.user is not None and case.reports.filter(reporter=actor.user).exists():
        return forbidden(_("Who reported it does not decide it; another operator must."))
    return ALLOWED


def may_lead_cases(actor: Actor) -> Verdict:
    if actor.has_perm("conduct.decide_case"):
        return ALLOWED
    return forbidden(_("Only those who handle conduct may do this."))


def may_open_case(actor: Actor, party: Party) -> Verdict:
    """An operator for this party's region."""
    if not (verdict := may_lead_cases(actor)):
        return verdict
    if actor.user is not None and not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if actor.user is not None and is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def can_notify_case(actor: Actor, case: Case) -> Verdict:
    return may_lead(actor, case) and _is_in(
        case, CaseStatus.REPORTED, _("The party was told already.")
    )


def can_dismiss_case(actor: Actor, case: Case) -> Verdict:
    if not (verdict := may_lead(actor, case)):
        return verdict
    if case.status not in states.UNDECIDED:
        return conflict(_("This case is decided already."))
    return ALLOWED


def can_confirm_case(actor: Actor, case: Case) -> Verdict:
    """Only once the party was heard, or its time to be heard is over."""
    if not (verdict := can_dismiss_case(actor, case)):
        return verdict
    return _is_in(case, CaseStatus.HEARD, _("The party must be heard first."))


def can_judge_verdict(actor: Actor, case: Case) -> Verdict:
    """A second person: never who decided first, never somebody of the party."""
    if not (verdict := may_lead(actor, case)):
        return verdict
    if actor.user is None:
        return forbidden(_("An appeal is judged by a person."))
    if actor.user_id == first_judge_id(case):
        return forbidden(_("Who decided first does not judge the appeal; a second person must."))
    return _is_in(case, CaseStatus.APPEALED, _("There is no appeal to judge."))


def first_judge_id(case: Case) -> int | None:
    """Who took the first decision, if it was taken by a person."""
    first = Decision.objects.filter(case=case, stage=Stage.FIRST)
    return first.values_list("by", flat=True).first()


# --- the party's side -----------------------------------------------------------------------------


def may_sign(actor: Actor, party: Party) -> Verdict:
    """What is held against a party is read by those who sign for it."""
    return can_manage_party(actor, party)


def can_read_case(actor: Actor, case: Case) -> Verdict:
    """Those who sign for the accused party, once it was told."""
    if actor.role == SYSTEM:
        return ALLOWED
    if case.notified_at is None:
        return forbidden(_("You do not speak for this party."))
    return can_manage_party(actor, case.party)


def can_answer_case(actor: Actor, case: Case) -> Verdict:
    if not (verdict := can_read_case(actor, case)):
        return verdict
    if case.status != CaseStatus.NOTIFIED or case.is_late:
        return conflict(_("The time to be heard is over."))
    return ALLOWED


def can_appeal_verdict(actor: Actor, case: Case) -> Verdict:
    if not (verdict := can_read_case(actor, case)):
        return verdict
    if Appeal.objects.filter(case=case).exists():
        return conflict(_("An appeal against this decision was filed already."))
    if case.status != CaseStatus.CONFIRMED:
        return conflict(_("Only a confirmed violation can be appealed."))
    if case.is_late:
        return conflict(_("The time to appeal is over."))
    return ALLOWED


def can_withdraw_appeal(actor: Actor, case: Case) -> Verdict:
    """Until somebody answered it. There is one appeal a decision: none follows."""
    if not (verdict := can_read_case(actor, case)):
        return verdict
    return _is_in(case, CaseStatus.APPEALED, _("There is no appeal that waits for an answer."))


def can_become(case: Case, status: str) -> bool:
    return status in states.TRANSITIONS[case.status]


# --- what is written must be sound ----------------------------------------------------------------


def flaws_of_reason(reason: str) -> Iterator[Flaw]:
    if not reason.strip():
        yield Flaw("reason", _("Say why; both sides read this sentence."))
    elif len(reason.strip()) > MOST_REASON:
        yield Flaw("reason", _("At most 1,000 characters."))


def flaws_of_charge(case: Case, charge: str, rule: Rule) -> Iterator[Flaw]:
    if not charge.strip():
        yield Flaw("charge", _("Say what the party is accused of, without who reported it."))
    elif len(charge.strip()) > MOST_CHARGE:
        yield Flaw("charge", _("At most 2,000 characters."))
    if not Rule.objects.on(case.happened_on).for_kind(case.party.kind).filter(pk=rule.pk).exists():
        yield Flaw("rule", _("This rule was not in force for this party when it happened."))


def stands_alone(case: Case) -> Verdict:
    """Under another rule it may be what another undecided case says already."""
    same = Case.objects.filter(
        party=case.party_id,
        rule=case.rule,
        place_kind=case.place_kind,
        place_key=case.place_key,
        status__in=states.UNDECIDED,
    )
    if (other := same.exclude(pk=case.pk).first()) is None:
        return ALLOWED
    sentence = _("An undecided case says the same: %(number)s.") % {"number": other.number}
    return conflict(sentence)


def flaws_of_words(text: str, evidence: int) -> Iterator[Flaw]:
    """Of a statement or an appeal of the party."""
    if not text.strip():
        yield Flaw("text", _("Please fill this in."))
    elif len(text.strip()) > MOST_WORDS:
        yield Flaw("text", _("At most 3,000 characters."))
    yield from flaws_of_evidence(evidence)


def flaws_of_evidence(number: int) -> Iterator[Flaw]:
    if number > MOST_EVIDENCE:
        yield Flaw("evidence", _("At most three files."))


def _is_in(case: Case, status: CaseStatus, otherwise: object) -> Verdict:
    return ALLOWED if case.status == status else conflict(str(otherwise))
