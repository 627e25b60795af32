"""Leaving an agency before the contract ends."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.http import PageRequest
from portal.core.web import submit
from portal.parties import forms, rules, services
from portal.parties.models import Departure, RosterEntry
from portal.parties.views.roster import entry_page, fetch_entry


@login_required
@require_POST
def roster_departure(request: PageRequest, pk: int) -> HttpResponse:
    """Ask to part before the contract ends."""
    entry = fetch_entry(request, pk)
    rules.can_ask_departure(request.actor, entry).require()
    form = forms.DepartureForm(request.POST)
    done = submit(
        form, lambda: services.ask_departure(request.actor, entry=entry, **form.cleaned_data)
    )
    if done is None:
        return entry_page(request, entry, departure_form=form)
    messages.success(request, _("Asked. The other side has seven days to answer."))
    return redirect(entry)


@login_required
@require_POST
def departure_agreement(request: PageRequest, pk: int) -> HttpResponse:
    departure = _fetch(request, pk)
    services.agree_departure(request.actor, departure=departure)
    messages.success(request, _("Agreed; the contract ends on that day."))
    return redirect(departure.entry)


@login_required
@require_POST
def departure_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    departure = _fetch(request, pk)
    services.withdraw_departure(request.actor, departure=departure)
    messages.success(request, _("Taken back; the contract runs on."))
    return redirect(departure.entry)


@login_required
@require_POST
def departure_objection(request: PageRequest, pk: int) -> HttpResponse:
    departure = _fetch(request, pk)
    rules.can_contest_departure(request.actor, departure).require()
    return _state(request, departure, services.contest_departure)


@login_required
@require_POST
def departure_statement(request: PageRequest, pk: int) -> HttpResponse:
    departure = _fetch(request, pk)
    rules.can_state_departure(request.actor, departure).require()
    return _state(request, departure, services.state_departure)


def _state(
    request: PageRequest, departure: Departure, service: Callable[..., object]
) -> HttpResponse:
    form = forms.StatementForm(request.POST, request.FILES)
    done = submit(
        form,
        lambda: service(
            request.actor,
            departure=departure,
            statement=form.cleaned_data["statement"],
            files=form.files_given(),
        ),
    )
    if done is None:
        return entry_page(request, departure.entry, statement_form=form)
    messages.success(request, _("Written down; both sides and the operator read it."))
    return redirect(departure.entry)


def _fetch(request: PageRequest, pk: int) -> Departure:
    seen = RosterEntry.objects.visible_to(request.actor)
    both = ("entry__agency__city", "entry__creator__city", "asked_by")
    departures = Departure.objects.select_related(*both).filter(entry__in=seen)
    return get_object_or_404(departures, pk=pk)
