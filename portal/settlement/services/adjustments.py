"""Entries by hand: prepared by one person, approved by another, posted into the open month with the
day they take effect. What they correct stays as it is."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.verdict import Refused, conflict, flawless
from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, open_accounts, post
from portal.ledger.states import Kind, Track
from portal.notices.services import notify
from portal.parties.models import Membership, Party
from portal.parties.states import PAYING
from portal.settlement import rules
from portal.settlement.fields import AdjustmentFields
from portal.settlement.models import Adjustment
from portal.settlement.states import ADJUSTMENT, ADJUSTMENT_TRANSITIONS, AdjustmentStatus

SENTENCE = gettext_noop("A correction of %(amount)s was posted to your account: %(why)s")


@transaction.atomic
def prepare_adjustment(actor: Actor, *, fields: AdjustmentFields) -> Adjustment:
    rules.can_prepare_adjustment(actor).require()
    flawless(rules.flaws_of_adjustment(fields)).require()
    made = Adjustment.objects.create(
        party_id=fields.party_id,
        counter_party_id=fields.counter_party_id,
        amount_fen=fields.amount_fen,
        effective_on=fields.effective_on,
        reason=fields.reason.strip(),
        statement_id=fields.statement_id,
        corrects_id=fields.journal_id,
        dispute_id=fields.dispute_id,
        prepared_at=clock.now(),
        prepared_by=actor.user,
    )
    audit.record(actor, "prepare_adjustment", made, after=_said(made), why=made.reason)
    return made


@transaction.atomic
def approve_adjustment(actor: Actor, *, adjustment: Adjustment) -> Adjustment:
    adjustment = _lock(adjustment)
    rules.can_approve_adjustment(actor, adjustment).require()
    adjustment.journal_id = _post(actor, adjustment)
    _decide(actor, adjustment, AdjustmentStatus.APPROVED, "approve_adjustment")
    _tell(adjustment)
    return adjustment


@transaction.atomic
def decline_adjustment(actor: Actor, *, adjustment: Adjustment, why: str) -> Adjustment:
    adjustment = _lock(adjustment)
    rules.can_decline_adjustment(actor, adjustment).require()
    flawless(rules.flaws_of_reason(why, "why")).require()
    adjustment.decision = why.strip()
    _decide(actor, adjustment, AdjustmentStatus.DECLINED, "decline_adjustment")
    return adjustment


def _post(actor: Actor, one: Adjustment) -> int:
    """Without a month of its own it counts in the month of its day, or in the first open one."""
    other = (
        Place(None, Kind.FEES, Track.SETTLED)
        if one.counter_party_id is None
        else Place(one.counter_party_id, Kind.SHARE, Track.SETTLED)
    )
    place = Place(one.party_id, Kind.SHARE, Track.SETTLED)
    accounts = open_accounts(actor, places=[place, other])
    legs = [Leg(accounts[place], one.amount_fen), Leg(accounts[other], -one.amount_fen)]
    at = datetime.combine(one.effective_on, time(12), clock.SHANGHAI)
    posting = Posting(f"adjustment/{one.pk}", ADJUSTMENT, str(one.pk), at, one.reason, legs)
    return post(actor, posting=posting).journal_id


def _decide(actor: Actor, one: Adjustment, status: AdjustmentStatus, verb: str) -> None:
    if status not in ADJUSTMENT_TRANSITIONS[one.status]:
        raise Refused(conflict(_("This is not possible in the correction's present state.")))
    before, one.status = one.status, status
    one.decided_at, one.decided_by = clock.now(), actor.user
    one.save(update_fields=["status", "decided_at", "decided_by", "decision", "journal"])
    audit.record(actor, verb, one, before={"status": before}, after=_said(one), why=one.decision)


def _said(one: Adjustment) -> dict[str, object]:
    return {
        "party": one.party_id,
        "other": one.counter_party_id,
        "amount": one.amount_fen,
        "effective_on": one.effective_on.isoformat(),
        "status": one.status,
    }


def _tell(one: Adjustment) -> None:
    sides: list[tuple[Party, int]] = [(one.party, one.amount_fen)]
    if one.counter_party is not None:
        sides.append((one.counter_party, -one.amount_fen))
    for party, amount in sides:
        people = Membership.objects.filter(party=party, role__in=PAYING)
        notify(
            people.values_list("user_id", flat=True),
            party_id=party.pk,
            event="settlement.adjusted",
            key=f"adjusted:{one.pk}:{party.pk}",
            sentence=SENTENCE,
            params={"amount": Money(amount).short, "why": one.reason},
            url=one.get_absolute_url(),
        )


def _lock(one: Adjustment) -> Adjustment:
    rows = Adjustment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("party", "counter_party").get(pk=one.pk)
