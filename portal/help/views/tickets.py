"""Asking the platform, and following what one asked; with an account or by a signed link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit
from portal.help import forms, rules, selectors, services
from portal.help.limits import may_ask_again
from portal.help.models import Ticket
from portal.help.proofs import proof_of, proven_id
from portal.help.states import Topic

PROOFS = "help"  # in the session: public id → proof, for who is not signed in
MOST_PROOFS = 20


@require_http_methods(["GET", "POST"])
def help_ask(request: PageRequest) -> HttpResponse:
    """A question, from wherever one stood."""
    initial = {"page": request.GET.get("from", "")[:200], "topic": _topic(request)}
    is_sent = request.method == "POST"
    form = forms.QuestionForm(
        request.actor,
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial=initial,
    )
    ticket = submit(form, lambda: _ask(request, form))
    if is_sent and form.is_valid() and form.is_from_a_program:
        return redirect("article_list")  # as if it had been taken
    if ticket is not None:
        _keep_proof(request, ticket)
        messages.success(request, _("Your question is with us."))
        return redirect(ticket)
    return render_page(request, "help/help_ask.html", {"form": form})


def _ask(request: PageRequest, form: forms.QuestionForm) -> Ticket | None:
    if form.is_from_a_program:
        return None
    may_ask_again(request).require()
    return services.ask_help(
        request.actor, question=form.question(), picture=form.cleaned_data["picture"]
    )


@login_required
@require_safe
def ticket_list(request: PageRequest) -> HttpResponse:
    """One's own questions; `q` looks into what was said."""
    words = request.GET.get("q", "").strip()[:60].replace("\x00", "")
    page = keyset_page(selectors.tickets_of(request.actor, words), request.GET.get("cursor", ""))
    context = {"page": page, "words": words}
    return render_page(request, "help/ticket_list.html", context, partial="ticket-list")


@require_safe
def ticket_detail(request: PageRequest, public_id: UUID) -> HttpResponse:
    ticket, proof = _own(request, public_id)
    return _page(request, ticket, proof)


def _page(
    request: PageRequest,
    ticket: Ticket,
    proof: str,
    *,
    reply: Form | None = None,
    rating: Form | None = None,
) -> HttpResponse:
    actor = request.actor
    context: dict[str, Any] = {
        "ticket": ticket,
        "conversation": selectors.conversation(ticket, with_notes=False),
        "form": reply or forms.TextForm(),
        "rating_form": rating or forms.RatingForm(),
        "can_reply": rules.can_reply_ticket(actor, ticket, proof),
        "can_resolve": rules.can_resolve_ticket(actor, ticket, proof),
        "can_rate": rules.can_rate_ticket(actor, ticket, proof),
        "sees_pictures": actor.is_signed_in,
    }
    return render_page(request, "help/ticket_detail.html", context)


@require_POST
def ticket_reply(request: PageRequest, public_id: UUID) -> HttpResponse:
    ticket, proof = _own(request, public_id)
    form = forms.TextForm(request.POST, request.FILES)
    said = submit(
        form,
        lambda: services.reply_ticket(
            request.actor, ticket=ticket, proof=proof, **form.cleaned_data
        ),
    )
    if said is None:
        return _page(request, ticket, proof, reply=form)
    messages.success(request, _("Sent."))
    return redirect(ticket)


@require_POST
def ticket_resolution(request: PageRequest, public_id: UUID) -> HttpResponse:
    ticket, proof = _own(request, public_id)
    services.resolve_ticket(request.actor, ticket=ticket, proof=proof)
    messages.success(request, _("Good. You can open it again by writing more within 14 days."))
    return redirect(ticket)


@require_POST
def ticket_rating(request: PageRequest, public_id: UUID) -> HttpResponse:
    ticket, proof = _own(request, public_id)
    form = forms.RatingForm(request.POST)
    rated = submit(
        form,
        lambda: services.rate_ticket(
            request.actor, ticket=ticket, proof=proof, **form.cleaned_data
        ),
    )
    if rated is None:
        return _page(request, ticket, proof, rating=form)
    messages.success(request, _("Thank you."))
    return redirect(ticket)


@require_safe
def ticket_link(request: PageRequest, proof: str) -> HttpResponse:
    """The link of a mail: kept in the session, so that the address bar shows no proof."""
    found = proven_id(proof)
    ticket = get_object_or_404(Ticket, public_id=found) if found else None
    if ticket is None:
        raise Http404
    _keep_proof(request, ticket)
    return redirect(ticket)


def _own(request: PageRequest, public_id: UUID) -> tuple[Ticket, str]:
    """One's own ticket, with the proof that it is; a stranger finds nothing."""
    proof = request.session.get(PROOFS, {}).get(str(public_id), "")
    if proof and proven_id(proof) == str(public_id):
        return get_object_or_404(Ticket.objects.select_related("party"), public_id=public_id), proof
    mine = selectors.tickets_of(request.actor)
    return get_object_or_404(mine, public_id=public_id), ""


def _keep_proof(request: PageRequest, ticket: Ticket) -> None:
    if ticket.asker_id is not None:
        return
    kept = dict(request.session.get(PROOFS, {}))
    kept[str(ticket.public_id)] = proof_of(ticket)
    request.session[PROOFS] = dict(list(kept.items())[-MOST_PROOFS:])


def _topic(request: PageRequest) -> str:
    asked = request.GET.get("topic", "")
    return asked if asked in Topic.values else Topic.OTHER
