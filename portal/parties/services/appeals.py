"""Appeals against a refusal, a suspension or a returned document, and judging them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.core.workdays import add_working_days
from portal.parties import rules
from portal.parties.files import APPEAL_EVIDENCE
from portal.parties.models import AppealDecision, Document, Party, PartyAppeal
from portal.parties.services.documents import take_as_uploaded
from portal.parties.services.measures import end_suspension, require_reason
from portal.parties.services.parties import change_status, lock_party, tell_party
from portal.parties.states import (
    APPEAL_TRANSITIONS,
    AppealEffect,
    AppealOutcome,
    AppealStatus,
    PartyStatus,
)

WORKING_DAYS = 15  # for the answer to an appeal
MOST_EVIDENCE = 3
MOST_TEXT = 2000
Evidence = UploadedFile | uuid.UUID  # a file, or the id of one's own upload


@transaction.atomic
def file_appeal(
    actor: Actor,
    *,
    party: Party,
    subject: rules.Appealed,
    text: str,
    evidence: Sequence[Evidence] = (),
) -> PartyAppeal:
    """Object to a refusal, a suspension or a returned document. Somebody else answers within 15
    working days."""
    party = lock_party(party)
    subject.refresh_from_db()
    rules.can_appeal(actor, party, subject).require()
    flawless(_flaws_of_appeal(text, evidence)).require()
    appeal = PartyAppeal.objects.create(
        party=party,
        **{rules.APPEAL_FIELDS[type(subject)]: subject},
        first_at=rules.first_decided_at(subject),
        first_reason=subject.reason,
        first_reviewer_id=_decided_by(subject),
        text=text.strip(),
        filed_by_id=actor.user_id,
        filed_at=clock.now(),
        due_on=add_working_days(clock.today(), WORKING_DAYS),
    )
    appeal.evidence.set([_file_of(actor, party, piece) for piece in evidence])
    after = {"party": party.pk, "due_on": appeal.due_on, "evidence": len(evidence)}
    audit.record(actor, "file_appeal", appeal, after=after)
    tell_party(
        party,
        event="party_appeal.filed",
        key=f"party-appeal-filed:{appeal.pk}",
        sentence=gettext_noop("%(party)s filed an appeal; it is answered by %(day)s."),
        params={"party": party.name, "day": appeal.due_on.isoformat()},
        url=appeal.get_absolute_url(),
    )
    return appeal


@transaction.atomic
def withdraw_appeal(actor: Actor, *, appeal: PartyAppeal) -> PartyAppeal:
    """Take it back before it is answered; while the decision stands another may be filed."""
    appeal = _lock(appeal)
    rules.can_withdraw_appeal(actor, appeal).require()
    _change_status(actor, appeal, AppealStatus.WITHDRAWN, verb="withdraw_appeal")
    return appeal


@transaction.atomic
def judge_appeal(
    actor: Actor, *, appeal: PartyAppeal, outcome: AppealOutcome, reason: str
) -> AppealDecision:
    """Answer an appeal: the first decision stands, or is undone as far as it still stands."""
    appeal = _lock(appeal)
    rules.can_judge_appeal(actor, appeal).require()
    require_reason(reason)
    assert actor.user is not None  # a rule above
    is_reversed = outcome == AppealOutcome.REVERSED
    decision = AppealDecision.objects.create(
        appeal=appeal,
        outcome=outcome,
        effect=_undo(actor, appeal, reason.strip()) if is_reversed else AppealEffect.NONE,
        reason=reason.strip(),
        by=actor.user,
        first_by_id=appeal.first_reviewer_id,
        at=clock.now(),
    )
    verb = "reverse_on_appeal" if is_reversed else "uphold_on_appeal"
    _change_status(actor, appeal, AppealStatus(outcome), verb=verb, why=decision.reason)
    tell_party(
        appeal.party,
        event="party_appeal.decided",
        key=f"party-appeal-decided:{appeal.pk}",
        sentence=gettext_noop("The appeal of %(party)s was right: %(reason)s")
        if is_reversed
        else gettext_noop("The appeal of %(party)s was turned down: %(reason)s"),
        params={"party": appeal.party.name, "reason": decision.reason[:200]},
        url=appeal.get_absolute_url(),
    )
    return decision


def _undo(actor: Actor, appeal: PartyAppeal, reason: str) -> AppealEffect:
    """Within a locked party. What the party has changed since is not undone."""
    party, subject = appeal.party, appeal.answer or appeal.suspension or appeal.document
    assert subject is not None  # by constraint
    if not rules.decision_stands(party, subject):
        return AppealEffect.NONE
    if isinstance(subject, Document):
        subject.party = party
        take_as_uploaded(actor, subject)
        return AppealEffect.UPLOADED
    if appeal.suspension is not None:
        end_suspension(actor, party, reason)
        return AppealEffect.LIFTED
    party.submitted_at, party.status_note = clock.now(), ""
    change_status(actor, party, PartyStatus.SUBMITTED, verb="reopen_party", why=reason)
    return AppealEffect.REOPENED


def _decided_by(subject: rules.Appealed) -> int | None:
    return subject.decided_by_id if isinstance(subject, Document) else subject.by_id


def _flaws_of_appeal(text: str, evidence: Sequence[Evidence]) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw("text", _("Say what is wrong with the decision."))
    if len(text.strip()) > MOST_TEXT:
        yield Flaw("text", _("At most 2000 characters."))
    if len(evidence) > MOST_EVIDENCE:
        yield Flaw("evidence", _("At most three files."))


def _file_of(actor: Actor, party: Party, piece: Evidence) -> StoredFile:
    if isinstance(piece, uuid.UUID):
        file = take_file(actor, file_id=piece, purpose=APPEAL_EVIDENCE, field="evidence")
        file.party_id = party.pk
        file.save(update_fields=["party_id"])
        return file
    file = store_file(actor, upload=piece, purpose=APPEAL_EVIDENCE, party_id=party.pk)
    return attach_file(actor, file=file)


def _lock(appeal: PartyAppeal) -> PartyAppeal:
    """The appeal under its party's lock, so that two answers come one by one."""
    party = lock_party(appeal.party)
    locked = PartyAppeal.objects.select_related("answer", "suspension", "document").get(
        pk=appeal.pk
    )
    locked.party = party
    return locked


def _change_status(
    actor: Actor, appeal: PartyAppeal, status: AppealStatus, *, verb: str, why: str = ""
) -> None:
    if status not in APPEAL_TRANSITIONS[appeal.status]:
        raise Refused(conflict(_("This appeal has ended already.")))
    before, appeal.status, appeal.ended_at = appeal.status, status, clock.now()
    appeal.save(update_fields=["status", "ended_at"])
    audit.record(actor, verb, appeal, before={"status": before}, after={"status": status}, why=why)
