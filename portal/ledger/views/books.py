"""The platform's books: the trial balance of a month, closing it, taking them out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.ledger import rules, selectors, services
from portal.ledger.exports import BEANCOUNT, HLEDGER
from portal.ledger.fields import month_of
from portal.ledger.forms import MonthForm
from portal.ledger.models import Closing


@login_required
@require_safe
def books_detail(request: PageRequest) -> HttpResponse:
    rules.can_see_books(request.actor).require()
    form = MonthForm(request.GET if "month" in request.GET else None)
    month = form.cleaned_data["month"] if form.is_valid() else month_of(clock.now())
    context = {
        "form": form if form.is_bound else MonthForm(initial={"month": month}),
        "month": month,
        "tracks": selectors.trial_totals(month),
        "closing": Closing.objects.filter(month__gte=month).select_related("closed_by").first(),
        "can_close": rules.can_close_period(request.actor, month),
        "can_export": rules.can_export_books(request.actor),
        "exports": [("hledger", HLEDGER.name), ("Beancount", BEANCOUNT.name)],
    }
    return render_page(request, "ledger/books_detail.html", context, partial="books")


@login_required
@require_POST
def books_closing(request: PageRequest) -> HttpResponse:
    """Close the month; for good."""
    rules.can_see_books(request.actor).require()
    form = MonthForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Name the month, such as 2026-03."))
        return redirect("books_detail")
    closing = services.close_period(request.actor, month=form.cleaned_data["month"])
    messages.success(request, _("%(month)s is closed.") % {"month": f"{closing.month:%Y-%m}"})
    return redirect(f"{reverse('books_detail')}?month={closing.month:%Y-%m}")
