"""Who may appeal against a decision, and who judges the appeal."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden
from portal.parties import states
from portal.parties.models import Document, Party, PartyAppeal, ReviewAnswer, Suspension
from portal.parties.rules.parties import can_manage_party, covers_region, is_member
from portal.parties.states import AppealStatus, DocumentStatus, PartyStatus, ReviewOutcome

Appealed = ReviewAnswer | Suspension | Document
APPEAL_FIELDS: dict[type[Appealed], str] = {
    ReviewAnswer: "answer",
    Suspension: "suspension",
    Document: "document",
}


def can_appeal(actor: Actor, party: Party, subject: Appealed) -> Verdict:
    """Once against each decision, while it stands."""
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if subject.party_id != party.pk:
        return forbidden(_("You do not speak for this party."))
    if not decision_stands(party, subject):
        return conflict(_("This decision does not stand any more; there is nothing to appeal."))
    if appeal_against(subject) is not None:
        return conflict(_("An appeal against this decision was filed already."))
    return ALLOWED


def decision_stands(party: Party, subject: Appealed) -> bool:
    if isinstance(subject, ReviewAnswer):
        last = ReviewAnswer.objects.filter(party=party).order_by("-at", "-pk").first()
        is_refusal = subject.outcome == ReviewOutcome.REFUSED
        return is_refusal and party.status == PartyStatus.REFUSED and subject == last
    if isinstance(subject, Suspension):
        return subject.lifted_at is None and party.status == PartyStatus.SUSPENDED
    return subject.status == DocumentStatus.RETURNED and party.status != PartyStatus.CLOSED


def first_decided_at(subject: Appealed) -> datetime:
    if isinstance(subject, Document):
        return cast(datetime, subject.decided_at)  # by constraint: it was returned
    return subject.at


def appeal_against(subject: Appealed) -> PartyAppeal | None:
    """The one against this very decision: a document may be returned again."""
    field = APPEAL_FIELDS[type(subject)]
    about = PartyAppeal.objects.filter(**{field: subject}, first_at=first_decided_at(subject))
    return about.exclude(status=AppealStatus.WITHDRAWN).first()


def can_withdraw_appeal(actor: Actor, appeal: PartyAppeal) -> Verdict:
    if not (verdict := can_manage_party(actor, appeal.party)):
        return verdict
    return _is_waiting(appeal)


def can_judge_appeal(actor: Actor, appeal: PartyAppeal) -> Verdict:
    """A second person: never who decided first, never somebody of the party."""
    if not (verdict := _may_judge_for(actor, appeal.party)):
        return verdict
    if actor.user is None:
        return forbidden(_("An appeal is judged by a person."))
    if actor.user_id == appeal.first_reviewer_id:
        return forbidden(_("Who decided first does not judge the appeal; a second person must."))
    return _is_waiting(appeal)


def can_read_appeal(actor: Actor, appeal: PartyAppeal) -> Verdict:
    """Those who sign for the party, and those who judge appeals of its region."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not actor.speaks_for(appeal.party_id):
        return _may_judge_for(actor, appeal.party)
    if actor.role in states.MANAGING:
        return ALLOWED
    return forbidden(_("Only the owner or a manager of the party may do this."))


def _may_judge_for(actor: Actor, party: Party) -> Verdict:
    if not actor.has_perm("parties.decide_partyappeal"):
        return forbidden(_("Only those who judge appeals may answer this one."))
    if actor.user is not None and not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if actor.user is not None and is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def _is_waiting(appeal: PartyAppeal) -> Verdict:
    if appeal.status != AppealStatus.FILED:
        return conflict(_("This appeal has ended already."))
    return ALLOWED


def is_late(appeal: PartyAppeal) -> bool:
    return appeal.status == AppealStatus.FILED and appeal.due_on < clock.today()
