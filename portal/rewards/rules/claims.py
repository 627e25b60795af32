"""Who claims a task, hands it in, verifies and revokes it; and the one sentence for who is late."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, is_member
from portal.rewards.fields import RevocationFields
from portal.rewards.models import Claim, Revocation, Task
from portal.rewards.rules.audience import suits, who_is
from portal.rewards.states import (
    ALIVE,
    CLAIM_TRANSITIONS,
    LONGEST_BAR,
    RUNNING,
    AppealStatus,
    Check,
    ClaimStatus,
    Consequence,
    Hold,
    TaskStatus,
)

GONE = _("The last reward of this task has gone to somebody else.")
ALREADY = _("You have claimed this task already.")
ENDED = _("This is not possible in the claim's present state.")
TOO_LONG = _("At most 600 characters.")
MOST_WORDS = 600


def can_claim_task(actor: Actor, task: Task, party: Party) -> Verdict:
    """Everything but who is first: that the database decides."""
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if not (verdict := is_open(task)):
        return verdict
    if not (verdict := suits(task, who_is(party, task))):
        return verdict
    own = Claim.objects.filter(task=task, party=party)
    known = list(own.values_list("status", "appeals__status"))
    if any(status in ALIVE for status, _appeal in known):
        return conflict(ALREADY)
    # Before what takes longer to find out: when a task is gone, most that ask hear this.
    if not has_reward(task):
        return conflict(GONE)
    return _is_free(party, known)


def has_reward(task: Task) -> bool:
    """One is left, and the pool has it."""
    return task.left > 0 and (task.hold != Hold.CLAIM or task.pool.free >= task.amount)


def is_open(task: Task) -> Verdict:
    now = clock.now()
    if task.status == TaskStatus.DRAFT:
        return conflict(_("This task is not published yet."))
    if task.status == TaskStatus.CLOSED or now >= task.closes_at:
        return conflict(_("The time to claim this task is over."))
    if now < task.opens_at:
        return conflict(_("This task cannot be claimed yet."))
    return ALLOWED


def _is_free(party: Party, known: Collection[tuple[str, str | None]]) -> Verdict:
    """No bar, and nothing of this task that is still argued about. `known`: the claims of this task
    before, with how objections to them stand."""
    if (until := barred_until(party)) is not None:
        said = _("After a revoked claim no task can be claimed until %(day)s.")
        return conflict(said % {"day": until.isoformat()})
    if any(appeal == AppealStatus.FILED for _status, appeal in known):
        return conflict(_("Your objection to the last result of this task is being looked at."))
    if any(status == ClaimStatus.REVOKED for status, _appeal in known):
        return conflict(_("A claim of this task was revoked; it cannot be claimed again."))
    return ALLOWED


def barred_until(party: Party) -> date | None:
    """The last day on which it may claim nothing, after a claim that was revoked."""
    bars = Revocation.objects.filter(party=party, lifted_at=None, barred_until__gte=clock.today())
    return bars.order_by("-barred_until").values_list("barred_until", flat=True).first()


def can_withdraw_claim(actor: Actor, claim: Claim) -> Verdict:
    if not (verdict := can_manage_party(actor, claim.party)):
        return verdict
    if claim.status not in RUNNING:
        return conflict(_("Only a claim that runs can be given up."))
    return ALLOWED


def can_submit_claim(actor: Actor, claim: Claim) -> Verdict:
    """Once all steps are reached, by the records."""
    if not (verdict := can_manage_party(actor, claim.party)):
        return verdict
    if claim.status not in RUNNING:
        return conflict(_("This was handed in, or has ended."))
    if claim.task.check_by == Check.RECORDS:
        return conflict(_("The records themselves decide; there is nothing to hand in."))
    if claim.steps.filter(reached_at=None).exists():
        return unmet(_("Not all steps are reached yet."))
    return ALLOWED


def can_see_claims(actor: Actor) -> Verdict:
    if actor.has_perm("rewards.view_claim"):
        return ALLOWED
    return forbidden(_("Only operators of tasks may do this."))


def can_take_up_claim(actor: Actor, claim: Claim) -> Verdict:
    if not (verdict := _may_verify(actor, claim)):
        return verdict
    if claim.status != ClaimStatus.SUBMITTED:
        return conflict(ENDED)
    return ALLOWED


def can_pass_claim(actor: Actor, claim: Claim) -> Verdict:
    """Pass it or not: somebody of the platform, not of the party."""
    if not (verdict := _may_verify(actor, claim)):
        return verdict
    if claim.status not in (ClaimStatus.SUBMITTED, ClaimStatus.VERIFYING):
        return conflict(_("This claim does not wait for a decision."))
    return ALLOWED


def _may_verify(actor: Actor, claim: Claim) -> Verdict:
    if not actor.has_perm("rewards.verify_claim"):
        return forbidden(_("Only those who verify claims may do this."))
    return _is_outside(actor, claim)


def can_revoke_claim(actor: Actor, claim: Claim) -> Verdict:
    if not actor.has_perm("rewards.revoke_claim"):
        return forbidden(_("Only those who may revoke claims do this."))
    if not (verdict := _is_outside(actor, claim)):
        return verdict
    if ClaimStatus.REVOKED not in CLAIM_TRANSITIONS[claim.status]:
        return conflict(_("Only a claim that passed can be revoked."))
    return ALLOWED


def _is_outside(actor: Actor, claim: Claim) -> Verdict:
    if actor.user is not None and is_member(actor.user, claim.party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def reason_is_sound(reason: str) -> Verdict:
    return flawless(_flaws_of_reason(reason))


def _flaws_of_reason(reason: str) -> Iterator[Flaw]:
    if not reason.strip():
        yield Flaw("reason", _("Say why; the party reads it."))
    elif len(reason.strip()) > MOST_WORDS:
        yield Flaw("reason", TOO_LONG)


def flaws_of_revocation(fields: RevocationFields) -> Iterator[Flaw]:
    yield from _flaws_of_reason(fields.reason)
    if fields.consequence not in Consequence.values:
        yield Flaw("consequence", _("Choose one from the list."))
    is_barred, until = fields.consequence == Consequence.BARRED, fields.barred_until
    today = clock.today()
    if is_barred and (until is None or not today < until <= today + LONGEST_BAR):
        yield Flaw("barred_until", _("A day from tomorrow on, within a year."))
    elif not is_barred and until is not None:
        yield Flaw("barred_until", _("Only where the party may not claim for a while."))
