"""What machines are told of needs and proposals: each side what it may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import Message, Need, Proposal, Question, Talk
from portal.webhooks.catalogue import register_event


def need_data(need: Need, told: int) -> dict[str, Any]:
    return {
        "need": need.pk,
        "number": need.number,
        "title": need.title,
        "status": need.status,
        "closes_on": need.closes_on.isoformat(),
    }


def proposal_data(proposal: Proposal, told: int) -> dict[str, Any]:
    """A bidder that was not invited learns who asks once it is hired, and not before."""
    merchant = proposal.need.merchant_id
    knows = told == merchant or proposal.tells_merchant
    return {
        "proposal": proposal.pk,
        "need": proposal.need_id,
        "need_title": proposal.need.title,
        "merchant": merchant if knows else None,
        "provider": proposal.provider_id,
        "status": proposal.status,
        "reason": proposal.reason,
    }


def talk_data(talk: Talk, told: int) -> dict[str, Any]:
    """When and in which state; never a contact or the place of the call."""
    return {
        "talk": str(talk.pk),
        "proposal": talk.proposal_id,
        "kind": talk.kind,
        "status": talk.status,
        "asked_by": talk.asked_by,
        "starts_at": talk.starts_at.isoformat() if talk.starts_at else None,
    }


def question_data(question: Question, told: int) -> dict[str, Any]:
    """Nobody but the asker learns who asked."""
    return {
        "question": question.pk,
        "need": question.need_id,
        "text": question.text,
        "answer": question.answer,
        "is_own": told == question.asker_id,
    }


def message_data(message: Message, told: int) -> dict[str, Any]:
    """Where to read it, not what it says: it may be taken away later."""
    return {
        "message": str(message.pk),
        "proposal": message.proposal_id,
        "number": message.number,
        "side": message.side,
        "files": message.files.count(),
    }


def readers_of_answer(question: Question) -> Iterator[int]:
    yield question.need.merchant_id
    others = question.need.proposals.live().exclude(provider=question.asker_id)
    yield from others.values_list("provider_id", flat=True)
    yield question.asker_id


def both_sides_of_message(message: Message) -> Iterator[int]:
    yield message.proposal.need.merchant_id
    yield message.proposal.provider_id


def both_sides_of_talk(talk: Talk) -> Iterator[int]:
    yield talk.proposal.need.merchant_id
    yield talk.proposal.provider_id


def both_sides(proposal: Proposal) -> Iterator[int]:
    """A draft that nobody asked for and nobody sent is its bidder's business alone."""
    if proposal.invited_at is not None or proposal.submitted_at is not None:
        yield proposal.need.merchant_id
    yield proposal.provider_id


NEED = {
    "need": 46,
    "number": "XQ-2026-00046",
    "title": "食品自播间代运营",
    "status": "open",
    "closes_on": "2026-12-10",
}
PROPOSAL = {
    "proposal": 123,
    "need": 46,
    "need_title": "食品自播间代运营",
    "merchant": 1,
    "provider": 61,
    "status": "submitted",
    "reason": "",
}
TALK = {
    "talk": "7f1c2a52-3f0e-4d7b-9b3a-6f4f0a1f5d11",
    "proposal": 123,
    "kind": "call",
    "status": "proposed",
    "asked_by": "merchant",
    "starts_at": None,
}
QUESTION = {
    "question": 12,
    "need": 46,
    "text": "主播需要驻场吗？",
    "answer": "",
    "is_own": False,
}
MESSAGE = {
    "message": "2b0d6c9e-4a5c-4b8e-9f0e-0a4ff1f7a3c2",
    "proposal": 123,
    "number": 3,
    "side": "bidder",
    "files": 1,
}

for name, title, verbs in (
    ("need.published", _("Our need was published"), ("publish_need", "reopen_need")),
    ("need.extended", _("Our need takes proposals for longer"), ("extend_need",)),
    ("need.awarded", _("Our need was awarded"), ("award_need",)),
    ("need.closed", _("The cooperation our need led to has ended"), ("close_need",)),
    ("need.ended", _("Our need ended without an award"), ("cancel_need", "expire_need")),
):
    register_event(
        name,
        title,
        of="needs.need",
        verbs=verbs,
        parties=lambda need: [need.merchant_id],
        data=need_data,
        example=NEED,
    )
for name, title, verbs in (
    ("proposal.invited", _("A proposal was asked for"), ("invite_provider",)),
    ("proposal.ordered", _("A package was ordered"), ("order_proposal",)),
    ("proposal.submitted", _("A proposal was submitted"), ("submit_proposal",)),
    ("proposal.countered", _("Other terms were offered"), ("counter_offer",)),
    ("proposal.agreed", _("The terms offered were agreed to"), ("agree_offer",)),
    ("proposal.shortlisted", _("A proposal is on the shortlist"), ("shortlist_proposal",)),
    ("proposal.accepted", _("A proposal was accepted"), ("accept_proposal",)),
    ("proposal.declined", _("A proposal was declined"), ("decline_proposal",)),
    ("proposal.withdrawn", _("A proposal was withdrawn"), ("withdraw_proposal",)),
    ("proposal.lapsed", _("A proposal lapsed"), ("expire_proposal",)),
    ("proposal.revived", _("A proposal may be answered again"), ("revive_proposal",)),
):
    register_event(
        name,
        title,
        of="needs.proposal",
        verbs=verbs,
        parties=both_sides,
        data=proposal_data,
        example=PROPOSAL | {"status": name.partition(".")[2]},
    )
TALKS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    (
        "talk.proposed",
        _("Contacts or a call were asked for"),
        ("propose_contacts", "propose_call", "suggest_times"),
    ),
    ("talk.agreed", _("Contacts or a call were agreed"), ("agree_talk", "move_call")),
    (
        "talk.ended",
        _("Contacts or a call were declined, taken back or cancelled"),
        ("decline_talk", "withdraw_talk", "lapse_talk", "end_talk", "cancel_call"),
    ),
)
for event, what, done in TALKS:
    register_event(
        event,
        what,
        of="needs.talk",
        verbs=done,
        parties=both_sides_of_talk,
        data=talk_data,
        example=TALK,
    )
register_event(
    "question.asked",
    _("A bidder asked about our need"),
    of="needs.question",
    verbs=("ask_question",),
    parties=lambda question: [question.need.merchant_id],
    data=question_data,
    example=QUESTION,
)
register_event(
    "question.answered",
    _("A question about a need was answered"),
    of="needs.question",
    verbs=("answer_question",),
    parties=readers_of_answer,
    data=question_data,
    example=QUESTION | {"answer": "不需要，但每周到店一次。"},
)
register_event(
    "message.sent",
    _("A message was written"),
    of="needs.message",
    verbs=("send_message",),
    parties=both_sides_of_message,
    data=message_data,
    example=MESSAGE,
)
