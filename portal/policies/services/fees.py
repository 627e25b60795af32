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
from portal.policies.services.proposed import (
    confirm_source,
    decide_proposed,
    lock_proposed,
    refuse_proposed,
)
from portal.policies.states import DatedStatus


@transaction.atomic
def propose_fee(actor: Actor, *, fields: FeeFields) -> FeeProposal:
    """It waits for a second person; nothing is announced before."""
    rules.can_propose_fee(actor).require()
    rules.fee_is_sound(fields).require()
    proposal = FeeProposal.objects.create(
        **asdict(fields), proposed_by=actor.user, proposed_at=clock.now()
    )
    audit.record(actor, "propose_fee", proposal, after=proposal.said)
    return proposal


@transaction.atomic
def approve_fee(actor: Actor, *, proposal: FeeProposal) -> FeeRate:
    """The second person announces it, today; its day must still be far enough."""
    proposal = lock_proposed(proposal)
    rules.can_approve_fee(actor, proposal).require()
    rules.fee_is_sound(proposal.fields).require()
    proposal.rate = _announce(actor, proposal.fields)
    decide_proposed(actor, proposal, DatedStatus.APPROVED, "approve_fee")
    return proposal.rate


def refuse_fee(actor: Actor, *, proposal: FeeProposal) -> FeeProposal:
    return refuse_proposed(actor, proposal, may=rules.can_refuse_fee, verb="refuse_fee")


@transaction.atomic
def announce_fee(actor: Actor, *, fields: FeeFields) -> FeeRate:
    """A rate from a day on, as the site's own history has it; people propose and approve."""
    rules.can_announce_fee(actor).require()
    rules.fee_is_sound(fields).require()
    return _announce(actor, fields)


def confirm_fee(actor: Actor, *, rate: FeeRate) -> FeeRate:
    return confirm_source(actor, rate, may=rules.can_propose_fee, verb="confirm_fee")


def _announce(actor: Actor, fields: FeeFields) -> FeeRate:
    """It is never changed: what comes after it is the next one."""
    today = clock.today()
    try:
        with transaction.atomic():
            rate = FeeRate.objects.create(**asdict(fields), announced_on=today, checked_on=today)
    except IntegrityError as error:
        raise Refused(conflict(_("A rate of this fee holds on these days already."))) from error
    said = {"fee": fields.fee, "rate_bp": fields.rate_bp, "from": fields.starts_on}
    audit.record(actor, "announce_fee", rate, after=said)
    return rate
