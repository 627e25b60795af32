"""Messages between the two sides of a proposal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.needs import forms, rules, selectors, services
from matchmaking.needs.models import Block, Message, Proposal
from matchmaking.needs.states import ReportReason
from matchmaking.needs.views.proposals import fetch_proposal
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number

PAGE = 20


@login_required
@require_safe
def message_list(request: PageRequest) -> HttpResponse:
    """Every conversation of the acting party, the last one first; and whom it blocked."""
    number = max(whole_number(request.GET.get("page", "")), 1)
    start = (number - 1) * PAGE
    found = list(selectors.conversation_list(request.actor)[start : start + PAGE + 1])
    rows = [{"proposal": p, "other": selectors.other_party(request.actor, p)} for p in found[:PAGE]]
    blocks = Block.objects.owned_by(request.actor).select_related("blocked__city", "proposal__need")
    context = {
        "rows": rows,
        "number": number,
        "has_next": len(found) > PAGE,
        "blocks": blocks.order_by("-pk"),
    }
    return render_page(request, "needs/message_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def proposal_messages(request: PageRequest, pk: int) -> HttpResponse:
    """The conversation of a proposal; opening it reads it, posting writes into it."""
    proposal = fetch_proposal(request, pk)
    rules.can_read_messages(request.actor, proposal).require()
    if request.method != "POST":
        services.read_messages(request.actor, proposal=proposal)
        return _page(request, proposal, forms.MessageForm())
    rules.can_send_message(request.actor, proposal).require()
    form = forms.MessageForm(request.POST, request.FILES)
    sent = submit(form, lambda: _send(request, proposal, form.cleaned_data))
    return _page(request, proposal, form) if sent is None else redirect(sent)


def _send(request: PageRequest, proposal: Proposal, data: dict[str, Any]) -> Message:
    uploads = [data["file"]] if data["file"] else []
    return services.send_message(
        request.actor, proposal=proposal, text=data["text"], uploads=uploads
    )


def _page(request: PageRequest, proposal: Proposal, form: forms.MessageForm) -> HttpResponse:
    actor = request.actor
    context = {
        "proposal": proposal,
        "need": proposal.need,
        "other": selectors.other_party(actor, proposal),
        "lines": selectors.conversation(actor, proposal),
        "form": form,
        "can_send": rules.can_send_message(actor, proposal),
        "can_block": rules.can_block_party(actor, proposal),
        "own_block": selectors.own_block(actor, proposal),
    }
    return render_page(request, "needs/proposal_messages.html", context)


@login_required
@require_POST
def proposal_block(request: PageRequest, pk: int) -> HttpResponse:
    services.block_party(request.actor, proposal=fetch_proposal(request, pk))
    messages.success(request, _("You will hear nothing more from this party. It is not told."))
    return redirect("message_list")


@login_required
@require_POST
def block_lift(request: PageRequest, pk: int) -> HttpResponse:
    own = Block.objects.owned_by(request.actor).select_related("blocker")
    services.lift_block(request.actor, block=get_object_or_404(own, pk=pk))
    messages.success(request, _("This party may write to you again."))
    return redirect("message_list")


@login_required
@require_http_methods(["GET", "POST"])
def message_report(request: PageRequest, message_id: UUID) -> HttpResponse:
    """Say what is wrong with a message; an operator looks at it."""
    seen = Message.objects.visible_to(request.actor).select_related(
        "proposal__need__merchant", "proposal__provider"
    )
    message = get_object_or_404(seen, pk=message_id)
    rules.can_report_message(request.actor, message).require()
    form = forms.ReportForm(request.POST if request.method == "POST" else None)
    done = submit(
        form,
        lambda: services.report_message(
            request.actor,
            message=message,
            reason=ReportReason(form.cleaned_data["reason"]),
            note=form.cleaned_data["note"],
        ),
    )
    if done is not None:
        messages.success(request, _("Reported. An operator looks at it and tells you."))
        return redirect(message)
    return render_page(request, "needs/message_report.html", {"form": form, "message": message})
