"""A creator's free days."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matchmaking.needs import forms, rules, selectors, services
from portal.core.http import PageRequest
from portal.core.web import render_page, submit


@login_required
@require_http_methods(["GET", "POST"])
def free_days(request: PageRequest) -> HttpResponse:
    """Say when one is free, all of it at once."""
    rules.can_read_free_days(request.actor).require()
    form = forms.FreeDaysForm(
        request.POST if request.method == "POST" else None,
        initial=forms.initial_of_free_times(selectors.free_times_of(request.actor)),
    )
    saved = submit(form, lambda: services.set_free_days(request.actor, spans=form.spans()))
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("free_days")
    context = {"form": form, "can_set": rules.can_set_free_days(request.actor)}
    return render_page(request, "needs/free_days.html", context)
