"""A cooperation: its page, and the steps of its life."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.cooperation import forms, rules, selectors, services, states
from matchmaking.cooperation.doors import conversation_of, record_of
from matchmaking.cooperation.models import AgreementTemplate, Amendment, Cooperation
from matchmaking.cooperation.tables import COOPERATIONS, OWN_COOPERATIONS
from portal.core.actor import Actor
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.parties.models import Party


@login_required
@require_safe
def cooperation_list(request: PageRequest) -> HttpResponse:
    """The acting party's own."""
    context = {"table": read_table(request, OWN_COOPERATIONS)}
    return render_page(request, "cooperation/cooperation_list.html", context, partial="table")


@login_required
@require_http_methods(["GET", "POST"])
def cooperation_create(request: PageRequest, party: int) -> HttpResponse:
    """Propose to work together, without a need or a post."""
    other = get_object_or_404(Party.objects.listed(), pk=party)
    rules.can_propose_cooperation(request.actor, other).require()
    form = forms.CooperationForm(
        _posted(request), products=selectors.nameable_products(request.actor, other)
    )
    proposed = submit(
        form,
        lambda: services.propose_cooperation(
            request.actor,
            other=other,
            terms=form.terms(),
            products=list(form.cleaned_data["products"]),
            note=form.cleaned_data["note"],
        ),
    )
    if proposed is not None:
        messages.success(request, _("Proposed. The other side has seven days to answer."))
        return redirect(proposed)
    context = {"form": form, "other": other}
    return render_page(request, "cooperation/cooperation_create.html", context)


@login_required
@require_safe
def cooperation_register(request: PageRequest) -> HttpResponse:
    """All of them, for operators."""
    rules.can_register_cooperations(request.actor).require()
    context = {"table": read_table(request, COOPERATIONS)}
    template = "cooperation/cooperation_register.html"
    return render_page(request, template, context, partial="table")


@login_required
@require_safe
def cooperation_detail(request: PageRequest, pk: int) -> HttpResponse:
    return detail_page(request, fetch(request, pk))


@login_required
@require_POST
def cooperation_contact(request: PageRequest, pk: int) -> HttpResponse:
    """Unmask the other side's contact. Asked by POST, because looking is written down."""
    cooperation = fetch(request, pk)
    contact = services.reveal_contact(request.actor, cooperation=cooperation)
    return detail_page(request, cooperation, contact=contact)


# --- pausing and ending ---------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def cooperation_pause(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = fetch(request, pk)
    rules.can_pause_cooperation(request.actor, cooperation).require()
    form = forms.PauseForm(_posted(request))
    paused = submit(
        form,
        lambda: services.pause_cooperation(
            request.actor, cooperation=cooperation, **form.cleaned_data
        ),
    )
    if paused is not None:
        messages.success(request, _("Paused. The other side was told."))
        return redirect(cooperation)
    context = {"form": form, "title": _("Pause the cooperation"), "label": _("Pause")}
    return form_page(request, cooperation, context)


@login_required
@require_POST
def cooperation_resumption(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = services.resume_cooperation(request.actor, cooperation=fetch(request, pk))
    messages.success(request, _("It goes on. The other side was told."))
    return redirect(cooperation)


@login_required
@require_http_methods(["GET", "POST"])
def cooperation_ending(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = fetch(request, pk)
    rules.can_end_cooperation(request.actor, cooperation).require()
    files = request.FILES if request.method == "POST" else None
    form = forms.EndingForm(cooperation, _posted(request), files)
    given = submit(
        form,
        lambda: services.end_cooperation(
            request.actor, cooperation=cooperation, fields=form.ending_fields()
        ),
    )
    if given is not None:
        messages.success(request, _("Notice is given. The other side reads the reason."))
        return redirect(cooperation)
    context = {
        "form": form,
        "title": _("End the cooperation early"),
        "label": _("Give notice"),
        "facts": _("You can take it back until that day. What was agreed holds until then."),
    }
    return form_page(request, cooperation, context)


@login_required
@require_POST
def cooperation_ending_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = services.withdraw_ending(request.actor, cooperation=fetch(request, pk))
    messages.success(request, _("Taken back. The other side was told."))
    return redirect(cooperation)


@login_required
@require_POST
def cooperation_completion(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = services.complete_cooperation(request.actor, cooperation=fetch(request, pk))
    messages.success(request, _("Said. It ends once both sides have."))
    return redirect(cooperation)


@login_required
@require_POST
def cooperation_completion_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = services.withdraw_completion(request.actor, cooperation=fetch(request, pk))
    messages.success(request, _("Taken back."))
    return redirect(cooperation)


# --- shared ---------------------------------------------------------------------------------------


def fetch(request: PageRequest, pk: int) -> Cooperation:
    return get_object_or_404(selectors.whole_cooperations(request.actor), pk=pk)


def detail_page(
    request: PageRequest, cooperation: Cooperation, *, contact: services.Contact | None = None
) -> HttpResponse:
    actor = request.actor
    amendment = selectors.open_amendment(cooperation)
    context: dict[str, Any] = {
        "cooperation": cooperation,
        "other": cooperation.other_side(actor.party_id),
        "contact": contact,
        "conversation": conversation_of(actor, cooperation),
        "record": record_of(actor, cooperation),
        "duties": selectors.duties_of(actor, cooperation),
        "dispute": cooperation.disputes.open().first(),
        "figures": selectors.standing_figures(cooperation) if cooperation.began_at else None,
        "bills": list(selectors.bills_of_cooperation(cooperation)),
        "can_dispute": rules.can_open_dispute(actor, cooperation),
        "amendment": amendment,
        "pause": cooperation.pauses.filter(withdrawn_at=None).first(),
        "ending": cooperation.endings.filter(withdrawn_at=None).first(),
        "completed_by": set(
            cooperation.completions.filter(withdrawn_at=None).values_list("party_id", flat=True)
        ),
        "versions": selectors.versions_of(actor, cooperation),
        "reviews": selectors.reviews_of(actor, cooperation),
        "can_reveal": rules.can_reveal_contact(actor, cooperation),
        "can_add": rules.can_add_obligation(actor, cooperation),
        "can_pause": rules.can_pause_cooperation(actor, cooperation),
        "can_resume": rules.can_resume_cooperation(actor, cooperation),
        "can_end": rules.can_end_cooperation(actor, cooperation),
        "can_keep": rules.can_withdraw_ending(actor, cooperation),
        "can_complete": rules.can_complete_cooperation(actor, cooperation),
        "can_uncomplete": rules.can_withdraw_completion(actor, cooperation),
        "can_amend": rules.can_propose_amendment(actor, cooperation),
        "templates": _templates(actor, cooperation, amendment),
        "can_review": rules.can_give_review(actor, cooperation),
        "trail": trail(cooperation).select_related("user"),
    }
    if amendment is not None:
        context["changes"] = selectors.changes_between(
            amendment.before, amendment.after, is_once=cooperation.is_once
        )
        context["can_answer"] = rules.can_answer_amendment(actor, amendment)
        context["can_withdraw"] = rules.can_withdraw_amendment(actor, amendment)
    template = "cooperation/cooperation_detail.html"
    return render_page(request, template, context, partial="contact")


def _templates(
    actor: Actor, cooperation: Cooperation, amendment: Amendment | None
) -> list[AgreementTemplate]:
    """Those that could be put on the table now."""
    is_free = amendment is None and cooperation.status in states.LIVE
    if not is_free or not rules.can_manage_cooperation(actor, cooperation):
        return []
    return list(AgreementTemplate.objects.usable_by(actor))


def form_page(
    request: PageRequest, cooperation: Cooperation, context: dict[str, Any]
) -> HttpResponse:
    """One form of a cooperation on a page of its own."""
    context = {"cooperation": cooperation} | context
    return render_page(request, "cooperation/cooperation_form.html", context)


def _posted(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None
