"""Announcing what the platform takes: one person proposes a rate, another approves it; and noting
that somebody looked again."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.policies import rules
from portal.policies.fields import FeeFields
from portal.policies.models import FeeProposal, FeeRate
from portal.policies.states import DATED_TRANSITIONS, DatedStatus


@transaction.atomic
def propose_fee(actor: Actor, *, fields: FeeFields) -> FeeProposal:
    """It waits for a second person; nothing is announced before."""
    rules.can_propose_fee(actor).require()
    rules.fee_is_sound(fields).require()
    proposal = FeeProposal.objects.create(
        **asdict(fields), proposed_by=actor.user, proposed_at=clock.now()
    )
    audit.record(actor, "propose_fee", proposal, after=_said(fields))
    return proposal


@transaction.atomic
def approve_fee(actor: Actor, *, proposal: FeeProposal) -> FeeRate:
    """The second person announces it, today; its day must still be far enough."""
    proposal = _lock(proposal)
    rules.can_approve_fee(actor, proposal).require()
    rules.fee_is_sound(proposal.fields).require()
    proposal.rate = _announce(actor, proposal.fields)
    _decide(actor, proposal, DatedStatus.APPROVED, "approve_fee")
    return proposal.rate


@transaction.atomic
def refuse_fee(actor: Actor, *, proposal: FeeProposal) -> FeeProposal:
    """Nothing changes; who proposed it may take it back by this, too."""
    proposal = _lock(proposal)
    rules.can_refuse_fee(actor, proposal).require()
    _decide(actor, proposal, DatedStatus.REFUSED, "refuse_fee")
    return proposal


@transaction.atomic
def announce_fee(actor: Actor, *, fields: FeeFields) -> FeeRate:
    """A rate from a day on, as the site's own history has it; people propose and approve."""
    rules.can_announce_fee(actor).require()
    rules.fee_is_sound(fields).require()
    return _announce(actor, fields)


@transaction.atomic
def confirm_fee(actor: Actor, *, rate: FeeRate) -> FeeRate:
    """Somebody looked at its source again today."""
    rules.can_propose_fee(actor).require()
    before, rate.checked_on = rate.checked_on, clock.today()
    rate.save(update_fields=["checked_on"])
    audit.record(actor, "confirm_fee", rate, before={"on": before}, after={"on": rate.checked_on})
    return rate


def _announce(actor: Actor, fields: FeeFields) -> FeeRate:
    """It is never changed: what comes after it is the next one."""
    today = clock.today()
    try:
        with transaction.atomic():
            rate = FeeRate.objects.create(**asdict(fields), announced_on=today, checked_on=today)
    except IntegrityError as error:
        raise Refused(conflict(_("A rate of this fee holds on these days already."))) from error
    audit.record(actor, "announce_fee", rate, after=_said(fields))
    return rate


def _lock(proposal: FeeProposal) -> FeeProposal:
    return FeeProposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)


def _decide(actor: Actor, proposal: FeeProposal, status: DatedStatus, verb: str) -> None:
    if status not in DATED_TRANSITIONS[proposal.status]:
        raise Refused(conflict(_("This was decided already.")))
    proposal.status, proposal.decided_by, proposal.decided_at = status, actor.user, clock.now()
    proposal.save(update_fields=["status", "decided_by", "decided_at", "rate"])
    audit.record(actor, verb, proposal, after=_said(proposal.fields))


def _said(fields: FeeFields) -> dict[str, object]:
    return {"fee": fields.fee, "rate_bp": fields.rate_bp, "from": fields.starts_on}
