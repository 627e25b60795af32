"""Contacts and calls of a proposal: one page, and what is pressed on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking.needs import forms, rules, selectors, services
from matchmaking.needs.models import Proposal, Talk
from matchmaking.needs.states import TalkKind
from matchmaking.needs.views.proposals import fetch_proposal
from portal.core.calendars import calendar_file
from portal.core.http import PageRequest
from portal.core.verdict import Refused, conflict
from portal.core.web import render_page, submit, whole_number


@login_required
@require_safe
def proposal_talks(request: PageRequest, pk: int) -> HttpResponse:
    return _page(request, fetch_proposal(request, pk))


@login_required
@require_POST
def proposal_contacts(request: PageRequest, pk: int) -> HttpResponse:
    """Ask to exchange contacts."""
    proposal = fetch_proposal(request, pk)
    rules.can_propose_talk(request.actor, proposal, TalkKind.CONTACTS).require()
    form = forms.NoteForm(request.POST)
    done = submit(
        form,
        lambda: services.propose_contacts(
            request.actor, proposal=proposal, note=form.cleaned_data["note"]
        ),
    )
    return _answer(request, proposal, done, _("Asked. The other side has been told."), ask=form)


@login_required
@require_POST
def proposal_call(request: PageRequest, pk: int) -> HttpResponse:
    """Suggest a call."""
    proposal = fetch_proposal(request, pk)
    rules.can_propose_talk(request.actor, proposal, TalkKind.CALL).require()
    form = forms.CallForm(request.POST)
    done = submit(
        form,
        lambda: services.propose_call(request.actor, proposal=proposal, fields=form.call_fields()),
    )
    return _answer(request, proposal, done, _("Asked. The other side has been told."), call=form)


@login_required
@require_POST
def proposal_contact(request: PageRequest, pk: int) -> HttpResponse:
    """Unmask the other side's contact. Asked by POST, because looking is written down."""
    proposal = fetch_proposal(request, pk)
    contact = services.reveal_bid_contact(request.actor, proposal=proposal)
    return _page(request, proposal, contact=contact)


@login_required
@require_POST
def talk_agreement(request: PageRequest, talk_id: UUID) -> HttpResponse:
    talk = _fetch(request, talk_id)
    services.agree_talk(
        request.actor,
        talk=talk,
        at=forms.chosen_time(request.POST.get("at", "")),
        version=_seen(request),
    )
    messages.success(request, _("Agreed. The other side has been told."))
    return redirect(talk)


@login_required
@require_POST
def talk_refusal(request: PageRequest, talk_id: UUID) -> HttpResponse:
    talk = _fetch(request, talk_id)
    rules.can_answer_talk(request.actor, talk).require()
    form = forms.NoteForm(request.POST)
    done = submit(
        form,
        lambda: services.decline_talk(
            request.actor, talk=talk, note=form.cleaned_data["note"], version=_seen(request)
        ),
    )
    return _answer(request, talk.proposal, done, _("The other side has been told."), no=form)


@login_required
@require_POST
def talk_times(request: PageRequest, talk_id: UUID) -> HttpResponse:
    """Other times."""
    talk = _fetch(request, talk_id)
    rules.can_suggest_times(request.actor, talk).require()
    form = forms.TimesForm(request.POST)
    done = submit(
        form,
        lambda: services.suggest_times(
            request.actor, talk=talk, fields=form.call_fields(), version=_seen(request)
        ),
    )
    said = _("Suggested. The other side has been told.")
    return _answer(request, talk.proposal, done, said, times=form)


@login_required
@require_POST
def talk_withdrawal(request: PageRequest, talk_id: UUID) -> HttpResponse:
    talk = services.withdraw_talk(request.actor, talk=_fetch(request, talk_id))
    messages.success(request, _("Taken back."))
    return redirect(talk)


@login_required
@require_POST
def talk_cancellation(request: PageRequest, talk_id: UUID) -> HttpResponse:
    talk = _fetch(request, talk_id)
    rules.can_cancel_talk(request.actor, talk).require()
    form = forms.NoteForm(request.POST)
    done = submit(
        form,
        lambda: services.cancel_talk(request.actor, talk=talk, note=form.cleaned_data["note"]),
    )
    said = _("Cancelled. The other side has been told.")
    return _answer(request, talk.proposal, done, said, no=form)


@login_required
@require_safe
def talk_calendar(request: PageRequest, talk_id: UUID) -> HttpResponse:
    """A booked call as a file for calendars."""
    talk = _fetch(request, talk_id)
    if talk.starts_at is None:
        raise Refused(conflict(_("No hour is agreed yet.")))
    other = selectors.other_name(request.actor, talk) or _("A verified merchant")
    event = selectors.event_of_call(
        talk,
        talk.starts_at,
        title=_("Call with %(other)s") % {"other": other},
        text=talk.proposal.need.title,
        url=talk.link or request.build_absolute_uri(talk.get_absolute_url()),
    )
    return calendar_file(event, "call")


def _fetch(request: PageRequest, talk_id: UUID) -> Talk:
    return get_object_or_404(selectors.talks_for(request.actor), pk=talk_id)


def _seen(request: PageRequest) -> int:
    return whole_number(request.POST.get("version", ""))


def _answer(
    request: PageRequest, proposal: Proposal, done: Talk | None, said: str, **faulty: Any
) -> HttpResponse:
    """Back to the page; with the form that has a fault, if one has."""
    if done is None:
        return _page(request, fetch_proposal(request, proposal.pk), **faulty)
    messages.success(request, said)
    return redirect(done)


def _page(
    request: PageRequest,
    proposal: Proposal,
    *,
    contact: services.BidContact | None = None,
    ask: forms.NoteForm | None = None,
    call: forms.CallForm | None = None,
    times: forms.TimesForm | None = None,
    no: forms.NoteForm | None = None,
) -> HttpResponse:
    actor = request.actor
    rules.can_read_talks(actor, proposal).require()
    booked = selectors.standing_talk(actor, proposal, TalkKind.CALL)
    initial = forms.initial_of_times(booked.talk) if booked else {}
    context = {
        "proposal": proposal,
        "need": proposal.need,
        "other": selectors.other_party(actor, proposal),
        "is_merchant": actor.speaks_for(proposal.need.merchant_id),
        "contact": contact,
        "contacts": selectors.standing_talk(actor, proposal, TalkKind.CONTACTS),
        "booked": booked,
        "lines": selectors.talk_lines(actor, proposal),
        "can_ask": rules.can_propose_talk(actor, proposal, TalkKind.CONTACTS),
        "can_call": rules.can_propose_talk(actor, proposal, TalkKind.CALL),
        "can_reveal": rules.can_reveal_bid_contact(actor, proposal),
        "ask_form": ask or forms.NoteForm(),
        "call_form": call or forms.CallForm(),
        "times_form": times or forms.TimesForm(initial=initial),
        "no_form": no or forms.NoteForm(),
        "earliest": forms.earliest_time(),
    }
    return render_page(request, "needs/proposal_talks.html", context, partial="bid-contact")
