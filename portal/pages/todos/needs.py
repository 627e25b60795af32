"""Needs, proposals and introductions that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from matchmaking.brokerage.models import Introduction
from matchmaking.brokerage.states import IntroductionStatus
from matchmaking.needs import states
from matchmaking.needs.models import Need, Proposal, Question
from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated


def merchant_todos(actor: Actor) -> Iterator[Waiting]:
    own = Need.objects.owned_by(actor).order_by("closes_on", "pk")
    waiting = Count("proposals", Q(proposals__status__in=states.ANSWERABLE))
    open_ones = own.filter(status__in=states.TAKING_PROPOSALS).annotate(waiting=waiting)
    yield Waiting(open_ones.filter(waiting__gt=0), _to_compare, ("title", "closes_on"))
    questions = Question.objects.asked_to(actor).waiting()
    yield Waiting(questions, _question, ("text", "need__closes_on"))
    yield Waiting(own.filter(status=states.NeedStatus.DRAFT), _draft, ("title",))


def _to_compare(need: Need) -> Todo:
    return dated(
        need.closes_on,
        # `waiting` is annotated.
        title=_("%(n)s proposals wait for your answer") % {"n": need.waiting},  # type: ignore[attr-defined]
        detail=need.title,
        url=f"{need.get_absolute_url()}#proposals",
        verb=_("Compare"),
    )


def _question(question: Question) -> Todo:
    return dated(
        question.need.closes_on,
        title=_("Answer a question for all bidders"),
        detail=question.text,
        url=f"{question.need.get_absolute_url()}#questions",
        verb=_("Answer"),
    )


def _draft(need: Need) -> Todo:
    return Todo(
        title=_("Publish your need"),
        detail=need.title,
        url=need.get_absolute_url(),
        verb=_("Look and publish"),
    )


def bidder_todos(actor: Actor) -> Iterator[Waiting]:
    """Orders, invitations and unfinished answers of a provider, an agency or a creator."""
    if actor.party is None:
        return
    # Orders and counter-offers that wait for this side's answer.
    waiting = Proposal.objects.answerable().filter(
        provider=actor.party_id, offered_by=states.Side.MERCHANT
    )
    rows = waiting.order_by("need__answer_by", "pk")
    yield Waiting(rows, _order, ("need__title", "need__answer_by", "need__service_offer_id"))
    own = Proposal.objects.filter(
        provider=actor.party_id,
        status__in=states.UNANSWERED,
        need__status__in=states.TAKING_PROPOSALS,
    )
    rows = own.order_by("need__closes_on")
    yield Waiting(rows, _proposal, ("invited_at", "need__title", "need__closes_on"))


def _order(proposal: Proposal) -> Todo:
    due = proposal.need.answer_by
    return Todo(
        title=_("Answer an order") if proposal.need.is_order else _("Answer other terms"),
        detail=proposal.need.title,
        url=f"{proposal.get_absolute_url()}#negotiation",
        verb=_("Answer"),
        due=clock.day_of(due) if due else None,
        is_urgent=due is not None,
    )


def _proposal(proposal: Proposal) -> Todo:
    invited = proposal.invited_at is not None
    return dated(
        proposal.need.closes_on,
        title=_("Answer an invitation") if invited else _("Finish your proposal"),
        detail=proposal.need.title,
        url=proposal.get_absolute_url(),
        verb=_("Answer") if invited else _("Finish"),
    )


def introduction_todos(actor: Actor) -> Iterator[Waiting]:
    """Offers that the platform put to a creator."""
    offered = Introduction.objects.visible_to(actor).filter(status=IntroductionStatus.OFFERED)
    rows = offered.order_by("wanted_by")
    yield Waiting(rows, _introduction, ("public_id", "subject", "wanted_by", "asker__name"))


def _introduction(row: Introduction) -> Todo:
    return dated(
        row.wanted_by,
        title=_("Answer the offer “%(subject)s”") % {"subject": row.subject},
        detail=_("%(asker)s asked through the platform.") % {"asker": row.asker.name},
        url=row.get_absolute_url(),
        verb=_("Answer"),
    )
