"""A need from draft to its end."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.needs import rules, selectors
from matchmaking.needs.fields import OF_AGENCIES, OF_CREATORS, NeedFields
from matchmaking.needs.models import Need
from matchmaking.needs.services.changes import (
    change_need_status,
    end_proposal,
    lapsed_proposals,
    live_proposals,
    lock_need,
    revive_proposal,
    tell_provider,
)
from matchmaking.needs.services.drafts import DRAFTING
from matchmaking.needs.services.proposals import invite_provider
from matchmaking.needs.services.responses import note_silence
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, flawless
from portal.moderation.services import watch_texts
from portal.parties.profile_states import FactPart
from portal.parties.services import tell_party

SENTENCES = {
    NeedStatus.CANCELLED: gettext_noop("The need “%(need)s” was cancelled."),
    NeedStatus.EXPIRED: gettext_noop("The need “%(need)s” ran out without a choice."),
}


@transaction.atomic
def create_need(
    actor: Actor,
    *,
    fields: NeedFields,
    draft_id: str = "",
    draft_seen: int = 0,
    publish: bool = False,
) -> Need:
    """A draft, seen by its merchant only; what was kept of it while it was typed goes. Or open at
    once: both, or neither."""
    rules.can_create_need(actor).require()
    DRAFTING.finish(actor, draft_id, draft_seen, None)
    need = Need(merchant=actor.party, created_at=clock.now())
    _write_need(actor, need, fields)
    audit.record(actor, "create_need", need, after={"title": need.title})
    return publish_need(actor, need=need) if publish else need


@transaction.atomic
def update_need(
    actor: Actor, *, need: Need, fields: NeedFields, draft_id: str = "", draft_seen: int = 0
) -> Need:
    """Change a draft, as it stood when `need` was read."""
    seen, need = need.version, lock_need(need.pk)
    rules.can_edit_need(actor, need).require()
    rules.need_is_as_seen(need, seen).require()
    DRAFTING.finish(actor, draft_id, draft_seen, need)
    before = _need_snapshot(need)
    need.version += 1
    _write_need(actor, need, fields)
    audit.record(actor, "update_need", need, before=before, after=_need_snapshot(need))
    return need


@transaction.atomic
def publish_need(actor: Actor, *, need: Need) -> Need:
    """Open the need to those it looks for; a private one invites its party at once."""
    need = lock_need(need.pk)
    rules.can_publish_need(actor, need).require()
    need.published_at = clock.now()
    change_need_status(actor, need, NeedStatus.OPEN, verb="publish_need")
    if need.only_for is not None:
        invite_provider(actor, need=need, provider=need.only_for)
    return need


@transaction.atomic
def cancel_need(actor: Actor, *, need: Need) -> Need:
    """End the need without a choice; every live proposal lapses and its provider is told."""
    need = lock_need(need.pk)
    rules.can_cancel_need(actor, need).require()
    _end_need(actor, need, NeedStatus.CANCELLED, verb="cancel_need")
    return need


@transaction.atomic
def expire_need(actor: Actor, *, need: Need) -> Need:
    """End a need that ran out: its last day passed unanswered, no choice was made in time, or an
    order was not answered as promised."""
    need = lock_need(need.pk)
    rules.can_expire_need(need).require()
    _end_need(actor, need, NeedStatus.EXPIRED, verb="expire_need")
    tell_party(
        need.merchant,
        event="need.expired",
        key=f"need-expired:{need.pk}",
        sentence=SENTENCES[NeedStatus.EXPIRED],
        params={"need": need.title},
        url=need.get_absolute_url(),
    )
    return need


@transaction.atomic
def extend_need(actor: Actor, *, need: Need, closes_on: date) -> Need:
    """Move the last day for proposals back; whoever was invited or answers is told."""
    need = lock_need(need.pk)
    rules.can_extend_need(actor, need).require()
    rules.day_is_later(need, closes_on).require()
    before, need.closes_on = need.closes_on, closes_on
    need.save(update_fields=["closes_on"])
    audit.record(
        actor,
        "extend_need",
        need,
        before={"closes_on": before.isoformat()},
        after={"closes_on": closes_on.isoformat()},
    )
    sentence = gettext_noop("Proposals for “%(need)s” are now taken until %(day)s.")
    for proposal in live_proposals(need):
        tell_provider(proposal, "extended", sentence, once=closes_on.isoformat())
    return need


@transaction.atomic
def close_need(actor: Actor, *, pk: int) -> None:
    """Whoever was hired has done the work, or stopped."""
    need = lock_need(pk)
    if need.status == NeedStatus.AWARDED:
        change_need_status(actor, need, NeedStatus.CLOSED, verb="close_need")


@transaction.atomic
def reopen_need(actor: Actor, *, need: Need, closes_on: date, starts_on: date) -> Need:
    """Take a need up again that was cancelled or ran out. A discarded draft is a draft again. Who
    was invited or had answered may answer anew; what they wrote is their draft."""
    need = lock_need(need.pk)
    rules.can_reopen_need(actor, need).require()
    flawless(rules.flaws_of_days(closes_on, starts_on)).require()
    need.closes_on, need.starts_on = closes_on, starts_on
    status = NeedStatus.OPEN if need.published_at is not None else NeedStatus.DRAFT
    ended_at = need.ended_at
    change_need_status(actor, need, status, verb="reopen_need")
    sentence = gettext_noop("“%(need)s” was opened again: answer until %(day)s if you like.")
    for proposal in lapsed_proposals(need, since=ended_at):
        revive_proposal(actor, proposal)
        tell_provider(proposal, "reopened", sentence, once=clock.now().isoformat())
    return need


def expire_needs(actor: Actor) -> int:
    """Sweep the needs that ran out; how many ended. One that changed meanwhile is left alone."""
    ended = 0
    for need in selectors.overdue_needs():
        try:
            expire_need(actor, need=need)
            ended += 1
        except Refused:
            continue
    return ended


def _end_need(actor: Actor, need: Need, status: NeedStatus, *, verb: str) -> None:
    change_need_status(actor, need, status, verb=verb)
    for proposal in live_proposals(need):
        note_silence(proposal)
        end_proposal(
            actor,
            proposal,
            ProposalStatus.EXPIRED,
            LossReason.CHANGED,
            verb="expire_proposal",
        )
        tell_provider(proposal, status, SENTENCES[status])


def _write_need(actor: Actor, need: Need, fields: NeedFields) -> None:
    rules.need_is_sound(fields, need.merchant).require()
    rules.may_be_for(need.merchant, fields).require()
    for name, value in plain_fields(fields).items():
        setattr(need, name, value)
    need.save()
    need.services.set(fields.service_ids)
    need.categories.set(fields.category_ids)
    texts, url = {"title": need.title, "brief": need.brief}, need.get_absolute_url()
    watch_texts(actor, obj=need, party_id=need.merchant_id, texts=texts, url=url)


def plain_fields(fields: NeedFields) -> dict[str, Any]:
    """The need's own columns."""
    plain = {k: v for k, v in asdict(fields).items() if not k.endswith("_ids")}
    return plain | {"facts": FactPart.in_order(fields.facts)}


def _need_snapshot(need: Need) -> dict[str, Any]:
    return {
        "title": need.title,
        "brief": need.brief,
        "services": sorted(need.services.values_list("pk", flat=True)),
        "categories": sorted(need.categories.values_list("pk", flat=True)),
        "city": need.city_id,
        "accepts_remote": need.accepts_remote,
        "seeks": need.seeks,
        "only_for": need.only_for_id,
        "facts": need.facts,
        "price_form": need.price_form,
        "share": [need.share_low_bp, need.share_high_bp],
        "budget": [need.budget_low_fen, need.budget_high_fen],
        "gmv": [need.gmv_low_fen, need.gmv_target_fen, need.gmv_high_fen],
        "asked": {name: getattr(need, name) for name in (*OF_CREATORS, *OF_AGENCIES)},
        "priorities": need.priorities | need.dimension_priorities,
        "starts_on": need.starts_on.isoformat(),
        "term_months": need.term_months,
        "closes_on": need.closes_on.isoformat(),
    }
