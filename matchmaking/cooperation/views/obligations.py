"""What each side owes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matchmaking.cooperation import forms, rules, services
from matchmaking.cooperation.models import Obligation
from matchmaking.cooperation.views.cooperations import fetch, form_page
from portal.core.http import PageRequest
from portal.core.web import submit


@login_required
@require_http_methods(["GET", "POST"])
def obligation_create(request: PageRequest, pk: int) -> HttpResponse:
    cooperation, actor = fetch(request, pk), request.actor
    rules.can_add_obligation(actor, cooperation).require()
    data = request.POST if request.method == "POST" else None
    form = forms.ObligationForm(cooperation, actor.party_id, data)
    added = submit(
        form,
        lambda: services.add_obligation(
            actor, cooperation=cooperation, fields=form.obligation_fields()
        ),
    )
    if added is not None:
        messages.success(request, _("Added. The other side was told."))
        return redirect(cooperation)
    context = {"form": form, "title": _("Add an obligation"), "label": _("Add")}
    return form_page(request, cooperation, context)


@login_required
@require_POST
def obligation_acceptance(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    done = services.accept_obligation(request.actor, obligation=_fetch(request, pk))
    return _back(request, done, _("Taken on."))


@login_required
@require_POST
def obligation_refusal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    done = services.decline_obligation(request.actor, obligation=_fetch(request, pk))
    return _back(request, done, _("Declined. The other side was told."))


@login_required
@require_http_methods(["GET", "POST"])
def obligation_finish(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that it is done, with a picture or PDF that shows it."""
    obligation = _fetch(request, pk)
    rules.can_finish_obligation(request.actor, obligation).require()
    is_sent = request.method == "POST"
    form = forms.DoneForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    done = submit(
        form,
        lambda: services.finish_obligation(
            request.actor, obligation=obligation, **form.cleaned_data
        ),
    )
    if done is not None:
        return _back(request, done, _("Done. The other side is asked to confirm it."))
    context = {"form": form, "title": obligation.title, "label": _("It is done")}
    return form_page(request, obligation.cooperation, context)


@login_required
@require_POST
def obligation_confirmation(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    done = services.confirm_obligation(request.actor, obligation=_fetch(request, pk))
    return _back(request, done, _("Confirmed."))


@login_required
@require_http_methods(["GET", "POST"])
def obligation_return(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    obligation = _fetch(request, pk)
    rules.can_judge_obligation(request.actor, obligation).require()
    form = forms.ReturnForm(request.POST if request.method == "POST" else None)
    back = submit(
        form,
        lambda: services.return_obligation(
            request.actor, obligation=obligation, note=form.cleaned_data["note"]
        ),
    )
    if back is not None:
        return _back(request, back, _("Returned. The other side reads what is missing."))
    context = {"form": form, "title": obligation.title, "label": _("Return it")}
    return form_page(request, obligation.cooperation, context)


@login_required
@require_POST
def obligation_waiver(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    done = services.waive_obligation(request.actor, obligation=_fetch(request, pk))
    return _back(request, done, _("Waived. The other side was told."))


def _fetch(request: PageRequest, pk: uuid.UUID) -> Obligation:
    mine = Obligation.objects.visible_to(request.actor)
    related = mine.select_related("cooperation__merchant", "cooperation__provider")
    return get_object_or_404(related, pk=pk)


def _back(request: PageRequest, obligation: Obligation, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(obligation.cooperation)
