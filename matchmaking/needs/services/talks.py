"""Contacts and calls: one side proposes, the other answers. Who blocks locks the two parties first,
and so does this: after a block nothing is agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from matchmaking.needs import rules
from matchmaking.needs.fields import CallFields
from matchmaking.needs.models import Proposal, Talk
from matchmaking.needs.services.changes import lock_proposal
from matchmaking.needs.services.talk_changes import (
    append_step,
    change_talk_status,
    lock_parties,
    lock_talk,
    tell_of_talk,
    was_seen,
)
from matchmaking.needs.services.talk_words import (
    AGREED,
    CANCELLED,
    DECLINED,
    KEPT,
    PROPOSED,
    SUGGESTED,
    WITHDRAWN,
)
from matchmaking.needs.states import TalkKind, TalkStatus, TalkVerb
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import flawless

REMINDERS = (timedelta(days=1), timedelta(hours=1))  # before a call


@dataclass(frozen=True, slots=True)
class BidContact:
    """The other side's, of a proposal whose two sides agreed to exchange them."""

    name: str
    phone: str


@transaction.atomic
def propose_contacts(actor: Actor, *, proposal: Proposal, note: str = "") -> Talk:
    """Ask to exchange contacts; nothing is shown before the other side says yes."""
    proposal = _lock(proposal)
    rules.can_propose_talk(actor, proposal, TalkKind.CONTACTS).require()
    flawless(rules.flaws_of_talk_note(note)).require()
    talk = Talk(proposal=proposal, kind=TalkKind.CONTACTS)
    return _propose(actor, talk, note, clock.now() + rules.ANSWER_WITHIN)


@transaction.atomic
def propose_call(actor: Actor, *, proposal: Proposal, fields: CallFields) -> Talk:
    """Ask for a call at one of up to three times. Without a link a yes shows both contacts."""
    proposal = _lock(proposal)
    rules.can_propose_talk(actor, proposal, TalkKind.CALL).require()
    rules.call_is_sound(fields).require()
    talk = Talk(
        proposal=proposal,
        kind=TalkKind.CALL,
        minutes=fields.minutes,
        link=fields.link,
        times=sorted(fields.times),
    )
    return _propose(actor, talk, fields.note, _until(fields.times))


@transaction.atomic
def suggest_times(
    actor: Actor, *, talk: Talk, fields: CallFields, version: int | None = None
) -> Talk:
    """Other times than those suggested, or than the one booked, which stands meanwhile. The place
    and, if it is booked, the length stay."""
    seen, talk = was_seen(talk, version), lock_talk(talk)
    rules.can_suggest_times(actor, talk).require()
    rules.talk_is_as_seen(talk, seen).require()
    rules.call_is_sound(fields).require()
    talk.times, talk.asked_by = sorted(fields.times), rules.side_of(actor, talk.proposal)
    talk.answer_by = _until(fields.times)
    if talk.starts_at is None:
        talk.minutes = fields.minutes
    else:
        talk.answer_by = min(talk.answer_by, talk.starts_at)
    append_step(actor, talk, TalkVerb.SUGGEST, fields.note)
    audit.record(actor, "suggest_times", talk, after={"proposal": talk.proposal_id})
    tell_of_talk(talk, SUGGESTED, by=talk.asked_by)
    return talk


@transaction.atomic
def agree_talk(
    actor: Actor, *, talk: Talk, at: datetime | None = None, version: int | None = None
) -> Talk:
    """Say yes: to exchange contacts, or to a call `at` one of the times suggested."""
    seen, talk = was_seen(talk, version), lock_talk(talk)
    rules.can_answer_talk(actor, talk).require()
    rules.talk_is_as_seen(talk, seen).require()
    rules.time_is_suggested(talk, at).require()
    if talk.kind == TalkKind.CALL:
        _book(talk, at)
    talk.answer_by, talk.times = None, []
    if talk.status == TalkStatus.PROPOSED:
        change_talk_status(actor, talk, TalkStatus.AGREED, TalkVerb.AGREE, verb="agree_talk")
    else:  # a booked call moves
        append_step(actor, talk, TalkVerb.AGREE)
        audit.record(actor, "move_call", talk, after={"proposal": talk.proposal_id})
    if talk.needs_contacts:
        _exchange_contacts(actor, talk.proposal)
    tell_of_talk(talk, AGREED[talk.kind], by=rules.side_of(actor, talk.proposal))
    return talk


@transaction.atomic
def decline_talk(actor: Actor, *, talk: Talk, note: str = "", version: int | None = None) -> Talk:
    """Say no. A call that is booked stays at its hour."""
    seen, talk = was_seen(talk, version), lock_talk(talk)
    rules.can_answer_talk(actor, talk).require()
    rules.talk_is_as_seen(talk, seen).require()
    flawless(rules.flaws_of_talk_note(note)).require()
    side = rules.side_of(actor, talk.proposal)
    _take_off(actor, talk, TalkStatus.DECLINED, TalkVerb.DECLINE, note)
    tell_of_talk(talk, KEPT if talk.is_booked else DECLINED, by=side)
    return talk


@transaction.atomic
def withdraw_talk(actor: Actor, *, talk: Talk) -> Talk:
    """Take back what one asked last. A call that is booked stays at its hour."""
    talk = lock_talk(talk)
    rules.can_withdraw_talk(actor, talk).require()
    _take_off(actor, talk, TalkStatus.WITHDRAWN, TalkVerb.WITHDRAW)
    tell_of_talk(talk, WITHDRAWN, by=talk.asked_by)
    return talk


@transaction.atomic
def cancel_talk(actor: Actor, *, talk: Talk, note: str = "") -> Talk:
    """Call a booked call off."""
    talk = lock_talk(talk)
    rules.can_cancel_talk(actor, talk).require()
    flawless(rules.flaws_of_talk_note(note)).require()
    sides = (talk.proposal.need.merchant_id, talk.proposal.provider_id)
    heard = "" if rules.is_blocked(*sides) else note
    change_talk_status(
        actor, talk, TalkStatus.CANCELLED, TalkVerb.CANCEL, verb="cancel_call", note=heard
    )
    tell_of_talk(talk, CANCELLED, by=rules.side_of(actor, talk.proposal))
    return talk


@transaction.atomic
def reveal_bid_contact(actor: Actor, *, proposal: Proposal) -> BidContact:
    """The other side's contact; who looked is written down, for both to read."""
    rules.can_reveal_bid_contact(actor, proposal).require()
    is_bidder = actor.speaks_for(proposal.provider_id)
    other = proposal.need.merchant if is_bidder else proposal.provider
    audit.record(actor, "reveal_contact", proposal, after={"of_party": other.pk})
    return BidContact(name=other.contact_name, phone=other.contact_phone)


def _lock(proposal: Proposal) -> Proposal:
    lock_parties(proposal)
    return lock_proposal(proposal)


def _propose(actor: Actor, talk: Talk, note: str, until: datetime) -> Talk:
    talk.asked_by = rules.side_of(actor, talk.proposal)
    talk.created_at, talk.answer_by, talk.version = clock.now(), until, 0
    append_step(actor, talk, TalkVerb.PROPOSE, note)
    audit.record(actor, f"propose_{talk.kind}", talk, after={"proposal": talk.proposal_id})
    tell_of_talk(talk, PROPOSED[talk.kind], by=talk.asked_by)
    return talk


def _until(times: Sequence[datetime]) -> datetime:
    """The last moment to answer: within a week, and before the last of the times."""
    return min(clock.now() + rules.ANSWER_WITHIN, max(times))


def _book(talk: Talk, at: datetime | None) -> None:
    assert at is not None  # the rule before
    assert talk.minutes is not None  # the database's constraint
    talk.starts_at, talk.ends_at = at, at + timedelta(minutes=talk.minutes)
    talk.remind_at = next_reminder(at)


def next_reminder(starts_at: datetime) -> datetime | None:
    """The day before and the hour before, as far as they are still to come."""
    ahead = (starts_at - lead for lead in REMINDERS)
    return next((moment for moment in ahead if moment > clock.now()), None)


def _take_off(actor: Actor, talk: Talk, status: TalkStatus, step: TalkVerb, note: str = "") -> None:
    """What waits for an answer goes; what was agreed before stays."""
    talk.answer_by, talk.times = None, talk.times if talk.starts_at is None else []
    if talk.status == TalkStatus.PROPOSED:
        change_talk_status(actor, talk, status, step, verb=f"{step}_talk", note=note)
        return
    kept = TalkVerb.KEEP if step == TalkVerb.DECLINE else step
    append_step(actor, talk, kept, note)
    audit.record(actor, "keep_call", talk, after={"proposal": talk.proposal_id})


def _exchange_contacts(actor: Actor, proposal: Proposal) -> None:
    """Both have agreed to be reached directly, by this talk; another one need not wait any more."""
    if proposal.contacts_agreed_at is None:
        proposal.contacts_agreed_at = clock.now()
        proposal.save(update_fields=["contacts_agreed_at"])
        audit.record(actor, "exchange_contacts", proposal)
    waiting = Talk.objects.select_for_update(no_key=True).filter(
        proposal=proposal, kind=TalkKind.CONTACTS, status=TalkStatus.PROPOSED
    )
    for talk in waiting:
        talk.proposal, talk.answer_by = proposal, None
        change_talk_status(actor, talk, TalkStatus.AGREED, TalkVerb.AGREE, verb="agree_talk")
