"""The advisory group as everybody sees it, and an adviser's own hours."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from training.advice import forms, rules, selectors, services
from training.advice.models import Adviser, Slot
from training.advice.states import AdviceTopic

MOST_SHOWN = 60  # free hours of one adviser
MOST_HOURS = 200


@require_safe
def adviser_list(request: PageRequest) -> HttpResponse:
    """Who advises, with the next free hour; `topic` narrows them."""
    topic = request.GET.get("topic", "")
    topic = topic if topic in AdviceTopic.values else ""
    actor = request.actor
    kind = actor.party.kind if actor.party else ""
    context = {
        "listed": selectors.advisers_for(kind, topic),
        "topic": topic,
        "topics": AdviceTopic.choices,
        "own": selectors.next_bookings(actor),
        "is_adviser": rules.is_adviser(actor),
        "may_run": rules.may_run(actor),
        "may_ask": rules.may_ask_for_advice(actor),
    }
    return render_page(request, "advice/adviser_list.html", context, partial="adviser-list")


@require_safe
def adviser_detail(request: PageRequest, pk: int) -> HttpResponse:
    adviser = get_object_or_404(Adviser.objects.select_related("party"), pk=pk)
    slots = list(selectors.free_slots(adviser)[:MOST_SHOWN])
    context = {
        "adviser": adviser,
        "listed": selectors.figures_of(adviser),
        "days": selectors.days_of(slots),
        "may_ask": rules.may_ask_for_advice(request.actor),
        "can_edit": rules.can_edit_adviser(request.actor, adviser),
        "can_add": rules.can_add_slots(request.actor, adviser),
    }
    return render_page(request, "advice/adviser_detail.html", context)


@login_required
@require_safe
def adviser_hours(request: PageRequest) -> HttpResponse:
    """One's own hours, from today on: booked and free."""
    adviser = get_object_or_404(Adviser.objects.advising(), user=request.actor.user)
    return redirect("slot_create", pk=adviser.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slot_create(request: PageRequest, pk: int) -> HttpResponse:
    """An adviser's hours to come, and new ones."""
    adviser = get_object_or_404(Adviser.objects.select_related("party"), pk=pk)
    rules.can_add_slots(request.actor, adviser).require()
    form = forms.SlotForm(request.POST if request.method == "POST" else None)
    made = submit(
        form,
        lambda: services.add_slots(request.actor, adviser=adviser, fields=form.fields_given()),
    )
    if made is not None:
        n = len(made)
        messages.success(request, ngettext("%(n)s hour.", "%(n)s hours.", n) % {"n": n})
        return redirect("slot_create", pk=pk)
    return _hours(request, adviser, form)


def _hours(
    request: PageRequest,
    adviser: Adviser,
    form: forms.SlotForm,
    *,
    reason_form: forms.ReasonForm | None = None,
    withdrawn: Slot | None = None,
) -> HttpResponse:
    slots = selectors.hours_of(adviser)[:MOST_HOURS]
    context = {
        "adviser": adviser,
        "form": form,
        "days": selectors.days_of(slots),
        "reason_form": reason_form or forms.ReasonForm(),
        "withdrawn": withdrawn,
    }
    return render_page(request, "advice/slot_create.html", context)


@login_required
@require_POST
def slot_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    """The hour does not take place."""
    slot = get_object_or_404(Slot.objects.select_related("adviser__party"), pk=pk)
    rules.can_add_slots(request.actor, slot.adviser).require()
    form = forms.ReasonForm(request.POST)
    gone = submit(
        form,
        lambda: services.withdraw_slot(request.actor, slot=slot, why=form.cleaned_data["reason"]),
    )
    if gone is None:
        return _hours(request, slot.adviser, forms.SlotForm(), reason_form=form, withdrawn=slot)
    messages.success(request, _("Withdrawn. Who had booked it was told."))
    return redirect("slot_create", pk=slot.adviser_id)
