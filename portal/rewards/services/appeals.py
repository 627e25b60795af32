"""Objecting to a claim's result: a second person decides, and what was turned counts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Refused, conflict, flawless, unmet
from portal.core.workdays import add_working_days
from portal.parties.services import lock_party
from portal.rewards import rules
from portal.rewards.fields import Evidence
from portal.rewards.models import Claim, ClaimAppeal, Revocation
from portal.rewards.services.giving_back import lock_claim
from portal.rewards.services.telling import tell_appeal
from portal.rewards.services.verifying import pass_many, take_reward
from portal.rewards.states import ANSWER_DAYS, APPEAL_TRANSITIONS, AppealStatus, Hold, Standing

EVIDENCE = "task-evidence"


@transaction.atomic
def appeal_claim(
    actor: Actor, *, claim: Claim, text: str, evidence: Sequence[Evidence] = ()
) -> ClaimAppeal:
    lock_party(claim.party)
    claim = lock_claim(claim)
    rules.can_appeal_claim(actor, claim).require()
    flawless(rules.flaws_of_appeal(text, len(evidence))).require()
    appeal = ClaimAppeal.objects.create(
        claim=claim,
        against=claim.status,
        turn=claim.turns,
        said=claim.reason,
        text=text.strip(),
        filed_at=clock.now(),
        filed_by=actor.user,
        due_on=add_working_days(clock.today(), ANSWER_DAYS),
        first_id=claim.decided_by_id,
    )
    appeal.evidence.set([_kept(actor, claim, piece) for piece in evidence])
    after = {"against": appeal.against, "due_on": appeal.due_on, "files": len(evidence)}
    audit.record(actor, "appeal_claim", appeal, after=after)
    return appeal


def _kept(actor: Actor, claim: Claim, piece: Evidence) -> StoredFile:
    if isinstance(piece, UUID):
        file = take_file(actor, file_id=piece, purpose=EVIDENCE, field="evidence")
        file.party_id = claim.party_id
        file.save(update_fields=["party_id"])
        return file
    file = store_file(actor, upload=piece, purpose=EVIDENCE, party_id=claim.party_id)
    return attach_file(actor, file=file)


@transaction.atomic
def withdraw_appeal(actor: Actor, *, appeal: ClaimAppeal) -> ClaimAppeal:
    appeal = _lock(appeal)
    rules.can_withdraw_appeal(actor, appeal).require()
    _change(actor, appeal, AppealStatus.WITHDRAWN, "withdraw_claim_appeal")
    return appeal


@transaction.atomic
def decide_appeal(actor: Actor, *, appeal: ClaimAppeal, grants: bool, sentence: str) -> ClaimAppeal:
    """The second person: the decision stands, or the claim passes and is rewarded after all."""
    lock_party(appeal.claim.party)
    appeal = _lock(appeal)
    rules.can_decide_appeal(actor, appeal).require()
    rules.sentence_is_sound(sentence).require()
    if grants:
        _turn(actor, appeal.claim)
    appeal.sentence = sentence.strip()
    appeal.decider, appeal.decided_at = actor.user, clock.now()
    status = AppealStatus.GRANTED if grants else AppealStatus.UPHELD
    _change(actor, appeal, status, "decide_claim_appeal")
    tell_appeal(appeal)
    return appeal


def _turn(actor: Actor, claim: Claim) -> None:
    """A reward that was promised is owed although its place went to somebody else meanwhile: then
    the pool is raised first, and nobody is told "you were right" without it."""
    others = Claim.objects.alive().filter(task=claim.task_id, party=claim.party_id)
    if others.exclude(pk=claim.pk).exists():
        raise Refused(conflict(_("The party is on its way through this task again.")))
    Revocation.objects.filter(claim=claim, lifted_at=None).update(lifted_at=clock.now())
    claim.turns += 1
    claim.finished_at = claim.finished_at or clock.now()
    claim.standing = Standing.NONE
    if claim.task.hold == Hold.CLAIM and not take_reward(actor, claim):
        raise Refused(unmet(_("The pool or the quota has no room; raise it, and decide then.")))
    pass_many(actor, [claim], "restore_claim")


def _lock(appeal: ClaimAppeal) -> ClaimAppeal:
    claim = lock_claim(appeal.claim)
    locked = ClaimAppeal.objects.select_for_update(of=("self",), no_key=True).get(pk=appeal.pk)
    locked.claim = claim
    return locked


def _change(actor: Actor, appeal: ClaimAppeal, status: AppealStatus, verb: str) -> None:
    if status not in APPEAL_TRANSITIONS[appeal.status]:
        raise Refused(conflict(_("This objection has ended already.")))
    before, appeal.status = appeal.status, status
    appeal.save()
    after = {"status": status}
    audit.record(actor, verb, appeal, before={"status": before}, after=after, why=appeal.sentence)
