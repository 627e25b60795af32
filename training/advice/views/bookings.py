"""A booking from the party's, the adviser's and the operators' side."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.calendars import calendar_file
from portal.core.forms import Form
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from training.advice import forms, rules, selectors, services, states
from training.advice.models import Booking, Slot
from training.advice.states import Side
from training.advice.tables import OWN_BOOKINGS


@login_required
@require_safe
def booking_list(request: PageRequest) -> HttpResponse:
    """The acting party's hours."""
    rules.can_list_bookings(request.actor).require()
    context = {"table": read_table(request, OWN_BOOKINGS)}
    return render_page(request, "advice/booking_list.html", context, partial="table")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slot_booking(request: PageRequest, pk: int) -> HttpResponse:
    """Take a free hour. Whoever comes too late reads what is still free."""
    rules.may_ask_for_advice(request.actor).require()
    slot = get_object_or_404(Slot.objects.select_related("adviser__party"), pk=pk)
    form = forms.QuestionForm(slot.adviser, request.POST if request.method == "POST" else None)
    booked = submit(
        form,
        lambda: services.book_slot(request.actor, slot=slot, fields=form.fields_given()),
    )
    if booked is not None:
        messages.success(request, _("Booked. You are reminded a day before."))
        return redirect(booked)
    context = {
        "slot": slot,
        "form": form,
        "can_book": rules.can_book_slot(request.actor, slot),
        "is_taken": slot.bookings.filter(status__in=states.TAKEN).exists(),
        "others": selectors.free_slots(slot.adviser).exclude(pk=pk)[:6],
        "most": rules.monthly_most(request.actor.party, slot.day),
    }
    return render_page(request, "advice/slot_booking.html", context)


@login_required
@require_safe
def booking_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _shown(request, _fetch(request, pk))


def _shown(request: PageRequest, booking: Booking, **bound: Form) -> HttpResponse:
    actor = request.actor
    context: dict[str, Any] = {
        "booking": booking,
        "slot": booking.slot,
        "adviser": booking.slot.adviser,
        "side": rules.side_of(actor, booking),
        "place": booking.slot.place if rules.knows_place(actor, booking) else "",
        "until": rules.cancels_until(booking),
        "can_cancel": rules.can_cancel_booking(actor, booking),
        "can_hold": rules.can_say_done(actor, booking),
        "can_note": rules.can_note_booking(actor, booking),
        "can_rate": rules.can_rate_booking(actor, booking),
        "absences": [
            (side.value, side.label)
            for side in (Side.PARTY, Side.ADVISER)
            if rules.can_say_absent(actor, booking, side)
        ],
        "cancel_form": forms.ReasonForm(),
        "notes_form": forms.NotesForm(initial={"notes": booking.notes}),
        "rating_form": forms.RatingForm(),
        "trail": trail(booking).select_related("user"),
    }
    return render_page(request, "advice/booking_detail.html", context | bound)


@login_required
@require_POST
def booking_cancellation(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    booking = _fetch(request, pk)
    form = forms.ReasonForm(request.POST)
    gone = submit(
        form,
        lambda: services.cancel_booking(
            request.actor, booking=booking, reason=form.cleaned_data["reason"]
        ),
    )
    if gone is None:
        return _shown(request, booking, cancel_form=form)
    messages.success(request, _("Cancelled. The hour is free for others."))
    return redirect(booking)


@login_required
@require_POST
def booking_holding(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """It took place."""
    booking = services.say_done(request.actor, booking=_fetch(request, pk))
    messages.success(request, _("Kept. Share notes while they are fresh."))
    return redirect(booking)


@login_required
@require_POST
def booking_absence(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody did not come."""
    booking = services.say_absent(
        request.actor, booking=_fetch(request, pk), absent=request.POST.get("absent", "")
    )
    messages.success(request, _("Kept."))
    return redirect(booking)


@login_required
@require_POST
def booking_notes(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    booking = _fetch(request, pk)
    form = forms.NotesForm(request.POST)
    noted = submit(
        form,
        lambda: services.note_booking(
            request.actor, booking=booking, notes=form.cleaned_data["notes"]
        ),
    )
    if noted is None:
        return _shown(request, booking, notes_form=form)
    messages.success(request, _("Shared with the party."))
    return redirect(booking)


@login_required
@require_POST
def booking_rating(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    booking = _fetch(request, pk)
    form = forms.RatingForm(request.POST)
    rated = submit(
        form,
        lambda: services.rate_booking(request.actor, booking=booking, **form.cleaned_data),
    )
    if rated is None:
        return _shown(request, booking, rating_form=form)
    messages.success(request, _("Thank you."))
    return redirect(booking)


@login_required
@require_safe
def booking_calendar(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The hour for one's calendar."""
    booking = _fetch(request, pk)
    url = request.build_absolute_uri(booking.get_absolute_url())
    return calendar_file(selectors.calendar_of(request.actor, booking, url), "office-hour")


def _fetch(request: PageRequest, pk: uuid.UUID) -> Booking:
    return get_object_or_404(Booking.objects.visible_to(request.actor).whole(), pk=pk)
