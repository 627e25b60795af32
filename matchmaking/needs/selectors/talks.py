"""Contacts and calls as the two sides of a proposal see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matchmaking.needs import rules, states
from matchmaking.needs.models import Proposal, Talk, TalkQuerySet, TalkStep
from matchmaking.needs.selectors.messages import other_party
from matchmaking.needs.states import TalkKind
from portal.core.actor import Actor
from portal.core.calendars import Event
from portal.core.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Turn:
    """A talk with what its reader may do now."""

    talk: Talk
    is_own: bool  # whether the reader's side asked last
    can_answer: Verdict
    can_suggest: Verdict
    can_withdraw: Verdict
    can_cancel: Verdict
    may_read_link: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the history, with its side in the reader's eyes."""

    step: TalkStep
    is_own: bool


def standing_talk(actor: Actor, proposal: Proposal, kind: TalkKind) -> Turn | None:
    """The one that waits or is agreed, of this kind."""
    talk = proposal.talks.standing().filter(kind=kind).first()
    if talk is None:
        return None
    talk.proposal = proposal
    return Turn(
        talk,
        rules.side_of(actor, proposal) == talk.asked_by,
        rules.can_answer_talk(actor, talk),
        rules.can_suggest_times(actor, talk),
        rules.can_withdraw_talk(actor, talk),
        rules.can_cancel_talk(actor, talk),
        rules.may_read_link(talk),
    )


def talk_lines(actor: Actor, proposal: Proposal) -> list[Line]:
    """What both sides did, the last first."""
    own = rules.side_of(actor, proposal)
    steps = TalkStep.objects.filter(talk__proposal=proposal).select_related("talk")
    return [Line(step, step.side == own) for step in steps.order_by("-at", "-pk")]


def talks_for(actor: Actor) -> TalkQuerySet:
    """The acting party's, with what their lists show."""
    return Talk.objects.visible_to(actor).select_related(
        "proposal__need__merchant", "proposal__provider"
    )


def talks_of_today(actor: Actor, *, until: datetime) -> TalkQuerySet:
    """What the acting party has to answer, and its calls that begin by then."""
    standing = talks_for(actor).standing()
    booked = standing.filter(starts_at__lte=until)
    return (standing.waiting_for(actor) | booked).order_by("answer_by", "starts_at")


def event_of_call(talk: Talk, starts_at: datetime, *, title: str, text: str, url: str) -> Event:
    """A booked or cancelled call, for a calendar. No contacts; the link is of both sides."""
    last = talk.steps.order_by("-number").first()
    return Event(
        uid=f"{talk.pk}@trilink",
        version=talk.version,
        starts_at=starts_at,
        ends_at=talk.ends_at or starts_at,
        changed_at=last.at if last else talk.created_at,
        title=title,
        text=text,
        url=url,
        is_cancelled=talk.status == states.TalkStatus.CANCELLED,
    )


def other_name(actor: Actor, talk: Talk) -> str:
    """Whom one talks with; empty where a bidder may not know the merchant."""
    other = other_party(actor, talk.proposal)
    return other.name if other else ""
