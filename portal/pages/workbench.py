"""A person's day: what needs them, the numbers that matter, the next steps.

`todo_source` is how a part adds its rows: a function from actor to to-dos. Every later part of
the site adds its own here, in `TODO_SOURCES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from matchmaking.brokerage.models import Introduction
from matchmaking.brokerage.states import IntroductionStatus
from matchmaking.cooperation.models import Amendment, Cooperation, Obligation
from matchmaking.cooperation.states import LIVE, REVIEW_WITHIN, ObligationStatus
from matchmaking.needs import states as need_states
from matchmaking.needs.models import Need, Proposal, Question
from portal.core import clock
from portal.core.actor import Actor
from portal.core.http import PageRequest
from portal.core.operators import queues
from portal.core.web import render_page
from portal.notices.services import note_visit
from portal.pages.changes import changes_of
from portal.pages.demo import unfinished_demo
from portal.pages.homes import home_of
from portal.pages.homes.operator import targets_for
from portal.pages.todos import Todo, TodoSource, dated
from portal.pages.todos.accounts import account_todos
from portal.pages.todos.advice import advice_todos
from portal.pages.todos.agreements import agreement_todos
from portal.pages.todos.assessment import assessment_todos
from portal.pages.todos.bills import bill_todos
from portal.pages.todos.certificates import certificate_todos
from portal.pages.todos.certification import certification_desk_todos, certification_todos
from portal.pages.todos.conduct import conduct_todos
from portal.pages.todos.fairs import fair_todos
from portal.pages.todos.frameworks import framework_todos
from portal.pages.todos.moderation import refusal_todos
from portal.pages.todos.ratings import rating_todos
from portal.pages.todos.recruiting import recruiting_todos
from portal.pages.todos.recruitment import applicant_todos, supporter_todos
from portal.pages.todos.stars import star_review_todos, star_todos
from portal.pages.todos.talks import talk_todos
from portal.pages.todos.training import training_todos
from portal.pages.todos.work import work_todos
from portal.pages.trends import figures_for
from portal.parties.models import Claim, Departure, Document, RosterEntry
from portal.parties.onboarding import checklist_of
from portal.parties.rules import may_open_meanwhile
from portal.parties.selectors import invitations_for, open_offer
from portal.parties.states import (
    ClaimStatus,
    DepartureStatus,
    DocumentStatus,
    PartyKind,
    PartyStatus,
)

MOST_TODOS = 20  # of obligations
SHOWN_TODOS = 10  # the others are folded away, so that the numbers stay in sight
MOST_CHANGES = 8  # kinds of them
RENEW_SOON = timedelta(days=7)


@login_required
@require_safe
def workbench(request: PageRequest) -> HttpResponse:
    actor = request.actor
    found = [todo for source in TODO_SOURCES for todo in source(actor)]
    if hasattr(request, "viewing"):  # a link that lets its holder act is its person's alone
        found = [todo for todo in found if may_open_meanwhile("GET", todo.url)]
    found.sort(key=lambda t: (not t.is_urgent, t.due or date.max))
    waiting = queues(request) if request.user.is_staff else []
    since = note_visit(actor)
    context = {
        "todos": found,
        "first_todos": found[:SHOWN_TODOS],
        "more_todos": found[SHOWN_TODOS:],
        "figures": list(figures_for(actor)),
        "home": home_of(actor),
        "since": since,
        "changes": changes_of(actor, since, announced=False)[:MOST_CHANGES],
        "checklist": checklist_of(actor),
        "queues": waiting,
        **targets_for(actor),
        "queued": sum(queue.count for queue in waiting),
        "loading": unfinished_demo(),
        "party": actor.party,
        "today": clock.today(),
    }
    return render_page(request, "pages/workbench.html", context, partial="demo-loading")


# --- what needs me today -----------------------------------------------------------------------


def _party_todos(actor: Actor) -> Iterator[Todo]:
    party = actor.party
    if party is None:
        if actor.user is not None and not actor.user.is_staff:
            yield Todo(
                title=_("Register your business"),
                detail=_(
                    "A merchant, a service provider, an agency or a creator; it takes five minutes."
                ),
                url=reverse("party_create"),
                verb=_("Register"),
            )
    elif party.status == PartyStatus.DRAFT:
        yield Todo(
            title=_("Hand in %(party)s for review") % {"party": party.name},
            detail=_("Until it is verified nobody can find or invite it."),
            url=party.get_absolute_url(),
            verb=_("Check and hand in"),
        )
    elif party.status == PartyStatus.NEED_INFO:
        yield Todo(
            title=_("Complete the application of %(party)s") % {"party": party.name},
            detail=party.status_note,
            url=party.get_absolute_url(),
            verb=_("Complete"),
            is_urgent=True,
        )


def _people_todos(actor: Actor) -> Iterator[Todo]:
    """What colleagues ask of this person."""
    for invitation in invitations_for(actor):
        yield dated(
            invitation.expires_at.astimezone(clock.SHANGHAI).date(),
            title=_("Speak for %(party)s?") % {"party": invitation.party.name},
            detail=_("You are invited as %(role)s.") % {"role": invitation.get_role_display()},
            url=invitation.get_absolute_url(),
            verb=_("Answer"),
        )
    offer = open_offer(actor.party) if actor.party is not None else None
    if offer is not None and offer.taker_id == actor.user_id:
        yield dated(
            offer.expires_at.astimezone(clock.SHANGHAI).date(),
            title=_("Become the owner of %(party)s?") % {"party": offer.party.name},
            detail=_("%(person)s offers it to you.") % {"person": offer.giver},
            url=reverse("party_members", args=[offer.party_id]),
            verb=_("Answer"),
        )


def _claim_todos(actor: Actor) -> Iterator[Todo]:
    """What operators ask of somebody who claims a party."""
    asked = Claim.objects.visible_to(actor).filter(status=ClaimStatus.ASKED)
    for claim in asked.select_related("party").order_by("made_at"):
        yield Todo(
            title=_("Your claim of %(party)s needs more") % {"party": claim.party.name},
            detail=_("Read what the operator asks, and answer."),
            url=claim.get_absolute_url(),
            verb=_("Answer"),
            is_urgent=True,
        )


def _document_todos(actor: Actor) -> Iterator[Todo]:
    """Documents that end soon, have ended, or came back after the party was verified."""
    if actor.party is None or not actor.party.is_trusted:
        return
    for document in Document.objects.to_renew(actor.party).select_related("kind"):
        kind = document.kind.name
        is_back = document.status == DocumentStatus.RETURNED
        yield Todo(
            title=_("%(kind)s was returned") % {"kind": kind}
            if is_back
            else _("Renew: %(kind)s") % {"kind": kind},
            detail=document.reason if is_back else "",
            url=document.get_absolute_url(),
            verb=_("Upload"),
            due=document.expires_on,
            is_urgent=is_back or _is_due(document),
        )


def _is_due(document: Document) -> bool:
    last_day = document.expires_on
    return last_day is not None and last_day <= clock.today() + RENEW_SOON


def _merchant_todos(actor: Actor) -> Iterator[Todo]:
    draft = need_states.NeedStatus.DRAFT
    mine = Need.objects.owned_by(actor).filter(status__in={*need_states.TAKING_PROPOSALS, draft})
    waiting = Count("proposals", Q(proposals__status__in=need_states.ANSWERABLE))
    own = list(mine.annotate(waiting=waiting).order_by("closes_on", "pk"))
    for need in own:
        if need.status != draft and need.waiting:
            yield dated(
                need.closes_on,
                title=_("%(n)s proposals wait for your answer") % {"n": need.waiting},
                detail=need.title,
                url=f"{need.get_absolute_url()}#proposals",
                verb=_("Compare"),
            )
    for question in Question.objects.asked_to(actor).waiting().select_related("need"):
        yield dated(
            question.need.closes_on,
            title=_("Answer a question for all bidders"),
            detail=question.text,
            url=f"{question.need.get_absolute_url()}#questions",
            verb=_("Answer"),
        )
    for need in own:
        if need.status != draft:
            continue
        yield Todo(
            title=_("Publish your need"),
            detail=need.title,
            url=need.get_absolute_url(),
            verb=_("Look and publish"),
        )


def _bidder_todos(actor: Actor) -> Iterator[Todo]:
    """Invitations and unfinished answers of a provider, an agency or a creator."""
    if actor.party is None:
        return
    own = Proposal.objects.filter(
        provider=actor.party_id,
        status__in=need_states.UNANSWERED,
        need__status__in=need_states.TAKING_PROPOSALS,
    )
    yield from _order_todos(actor)
    for proposal in own.select_related("need").order_by("need__closes_on"):
        invited = proposal.invited_at is not None
        yield dated(
            proposal.need.closes_on,
            title=_("Answer an invitation") if invited else _("Finish your proposal"),
            detail=proposal.need.title,
            url=proposal.get_absolute_url(),
            verb=_("Answer") if invited else _("Finish"),
        )


def _order_todos(actor: Actor) -> Iterator[Todo]:
    """Orders and counter-offers that wait for this side's answer."""
    waiting = Proposal.objects.answerable().filter(
        provider=actor.party_id, offered_by=need_states.Side.MERCHANT
    )
    for proposal in waiting.select_related("need").order_by("need__answer_by", "pk"):
        due = proposal.need.answer_by
        yield Todo(
            title=_("Answer an order") if proposal.need.is_order else _("Answer other terms"),
            detail=proposal.need.title,
            url=f"{proposal.get_absolute_url()}#negotiation",
            verb=_("Answer"),
            due=due.astimezone(clock.SHANGHAI).date() if due else None,
            is_urgent=due is not None,
        )


def _creator_todos(actor: Actor) -> Iterator[Todo]:
    open_ones = RosterEntry.objects.invited().filter(creator=actor.party_id)
    for entry in open_ones.select_related("agency").order_by("expires_at"):
        yield dated(
            entry.expires_at.astimezone(clock.SHANGHAI).date(),
            title=_("%(agency)s invites you to its roster") % {"agency": entry.agency.name},
            detail=_("Read the terms, then accept or decline."),
            url=entry.get_absolute_url(),
            verb=_("Answer"),
        )


def _departure_todos(actor: Actor) -> Iterator[Todo]:
    """Wishes of the other side to part early."""
    asked = Departure.objects.filter(status=DepartureStatus.ASKED).filter(
        Q(entry__agency=actor.party_id) | Q(entry__creator=actor.party_id)
    )
    others = asked.exclude(asked_by=actor.party_id).select_related("entry__agency", "asked_by")
    for departure in others.order_by("answer_by"):
        yield dated(
            departure.answer_by.astimezone(clock.SHANGHAI).date(),
            title=_("%(party)s asks to part early") % {"party": departure.asked_by.name},
            detail=_("Agree or object; silence counts as an objection."),
            url=departure.entry.get_absolute_url(),
            verb=_("Answer"),
        )


def _cooperation_todos(actor: Actor) -> Iterator[Todo]:
    """What is due from us, asked of us, or waits for our word."""
    if actor.party_id is None:
        return
    yield from _obligation_todos(actor)
    changes = Amendment.objects.visible_to(actor).open().exclude(party=actor.party_id)
    for change in changes.select_related("cooperation").order_by("expires_at"):
        yield dated(
            change.expires_at.astimezone(clock.SHANGHAI).date(),
            title=_("Answer a change of a cooperation"),
            detail=change.cooperation.title,
            url=change.cooperation.get_absolute_url(),
            verb=_("Answer"),
        )
    over = Cooperation.objects.visible_to(actor).exclude(reviews__by=actor.party_id)
    since = clock.now() - REVIEW_WITHIN
    recent = over.filter(Q(ended_at__gt=since) | Q(payment__at__gt=since), payment__isnull=False)
    for ended in recent.exclude(ended_at=None).select_related("payment").order_by("ended_at"):
        if (until := ended.reviews_until) is None:
            continue
        yield dated(
            clock.day_of(until),
            title=_("Review a cooperation"),
            detail=ended.title,
            url=reverse("review_create", args=[ended.pk]),
            verb=_("Review"),
        )


def _obligation_todos(actor: Actor) -> Iterator[Todo]:
    mine = Obligation.objects.visible_to(actor).select_related("cooperation")
    running = mine.unsettled().filter(cooperation__status__in=LIVE)
    ours = Q(owed_by=actor.party_id)
    soon = clock.today() + RENEW_SOON
    titles = {
        ObligationStatus.ASKED: _("Take on an obligation?"),
        ObligationStatus.OPEN: _("An obligation is due"),
        ObligationStatus.DONE: _("Confirm that it was done"),
    }
    waiting = running.filter(
        ours & Q(status=ObligationStatus.ASKED)
        | ours & Q(status=ObligationStatus.OPEN, due_on__lte=soon)
        | ~ours & Q(status=ObligationStatus.DONE)
    )
    for row in waiting.order_by("due_on")[:MOST_TODOS]:
        yield dated(
            row.due_on,
            title=titles[ObligationStatus(row.status)],
            detail=row.title,
            url=f"{row.cooperation.get_absolute_url()}#obligations",
            verb=_("Look"),
        )


def _for_kind(kind: PartyKind, source: TodoSource) -> TodoSource:
    def only(actor: Actor) -> Iterator[Todo]:
        if actor.party is not None and actor.party.kind == kind:
            yield from source(actor)

    return only


def _introduction_todos(actor: Actor) -> Iterator[Todo]:
    """Offers that the platform put to a creator."""
    offered = Introduction.objects.visible_to(actor).filter(status=IntroductionStatus.OFFERED)
    for row in offered.select_related("asker").order_by("wanted_by"):
        yield dated(
            row.wanted_by,
            title=_("Answer the offer “%(subject)s”") % {"subject": row.subject},
            detail=_("%(asker)s asked through the platform.") % {"asker": row.asker.name},
            url=row.get_absolute_url(),
            verb=_("Answer"),
        )


TODO_SOURCES: list[TodoSource] = [
    _party_todos,
    _people_todos,
    _claim_todos,
    _document_todos,
    account_todos,
    conduct_todos,
    rating_todos,
    refusal_todos,
    supporter_todos,
    star_review_todos,
    certification_desk_todos,
    _cooperation_todos,
    agreement_todos,
    work_todos,
    bill_todos,
    framework_todos,
    _for_kind(PartyKind.MERCHANT, _merchant_todos),
    _for_kind(PartyKind.PROVIDER, applicant_todos),
    _bidder_todos,
    talk_todos,
    advice_todos,
    certificate_todos,
    training_todos,
    assessment_todos,
    recruiting_todos,
    fair_todos,
    _for_kind(PartyKind.AGENCY, star_todos),
    _for_kind(PartyKind.AGENCY, certification_todos),
    _for_kind(PartyKind.AGENCY, _departure_todos),
    _for_kind(PartyKind.CREATOR, _creator_todos),
    _for_kind(PartyKind.CREATOR, _departure_todos),
    _for_kind(PartyKind.CREATOR, _introduction_todos),
]
