"""The operators' desk: questions by their deadline, answers, notes, hand-overs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit, whole_number
from portal.help import forms, rules, selectors, services
from portal.help.models import CannedAnswer, Ticket
from portal.help.states import Priority

VIEWS = ("waiting", "mine", "all")
FIRST = 50


@login_required
@require_safe
def desk_list(request: PageRequest) -> HttpResponse:
    """What waits, the first deadline first; one's own; everything, newest first."""
    rules.can_answer_tickets(request.actor).require()
    view = request.GET.get("view", "waiting")
    view = view if view in VIEWS else "waiting"
    every = Ticket.objects.select_related("asker", "party", "assignee")
    context: dict[str, Any] = {"view": view, "views": VIEWS, "page": None}
    if view == "all":
        context["page"] = keyset_page(every, request.GET.get("cursor", ""))
        context["tickets"] = context["page"].rows
    else:
        waiting = every.waiting()
        own = waiting.filter(assignee=request.actor.user) if view == "mine" else waiting
        context["tickets"] = list(own[:FIRST])
    return render_page(request, "help/desk_list.html", context, partial="desk-list")


@login_required
@require_safe
def desk_ticket(request: PageRequest, public_id: UUID) -> HttpResponse:
    ticket = _ticket(request, public_id)
    canned = CannedAnswer.objects.filter(pk=whole_number(request.GET.get("canned", ""))).first()
    text = canned.text_in(ticket.language) if canned else ""
    return _page(request, ticket, forms.AnswerForm(initial={"text": text}))


def _page(request: PageRequest, ticket: Ticket, answer: forms.AnswerForm) -> HttpResponse:
    people = selectors.answerers()
    context = {
        "ticket": ticket,
        "conversation": selectors.conversation(ticket, with_notes=True),
        "form": answer,
        "canned_form": forms.CannedForm(),
        "assign_form": forms.AssignForm(people, initial={"assignee": ticket.assignee_id}),
        "priority_form": forms.PriorityForm(initial={"priority": ticket.priority}),
        "can_answer": rules.can_answer_ticket(request.actor, ticket),
        "trail": trail(ticket).select_related("user"),
    }
    return render_page(request, "help/desk_ticket.html", context)


@login_required
@require_POST
def desk_answer(request: PageRequest, public_id: UUID) -> HttpResponse:
    ticket = _ticket(request, public_id)
    form = forms.AnswerForm(request.POST)
    if submit(form, lambda: _answer(request, ticket, form.cleaned_data)) is None:
        return _page(request, ticket, form)
    messages.success(request, _("Kept."))
    return redirect("desk_ticket", public_id=ticket.public_id)


def _answer(request: PageRequest, ticket: Ticket, data: dict[str, Any]) -> object:
    if data["outcome"] == "note":
        return services.note_ticket(request.actor, ticket=ticket, text=data["text"])
    return services.answer_ticket(
        request.actor, ticket=ticket, text=data["text"], status=data["outcome"]
    )


@login_required
@require_POST
def desk_assignment(request: PageRequest, public_id: UUID) -> HttpResponse:
    """Take it oneself, or hand it over."""
    ticket = _ticket(request, public_id)
    form = forms.AssignForm(selectors.answerers(), request.POST)
    if form.is_valid():
        services.assign_ticket(request.actor, ticket=ticket, assignee=form.cleaned_data["assignee"])
        messages.success(request, _("Kept."))
    return redirect("desk_ticket", public_id=ticket.public_id)


@login_required
@require_POST
def desk_priority(request: PageRequest, public_id: UUID) -> HttpResponse:
    ticket = _ticket(request, public_id)
    form = forms.PriorityForm(request.POST)
    if form.is_valid():
        priority = Priority(form.cleaned_data["priority"])
        services.set_ticket_priority(request.actor, ticket=ticket, priority=priority)
        messages.success(request, _("Kept."))
    return redirect("desk_ticket", public_id=ticket.public_id)


def _ticket(request: PageRequest, public_id: UUID) -> Ticket:
    rules.can_answer_tickets(request.actor).require()
    every = Ticket.objects.select_related("asker", "party", "assignee")
    return get_object_or_404(every, public_id=public_id)
