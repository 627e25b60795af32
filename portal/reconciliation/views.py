"""Reconciliation for finance: the calendar, a day, its differences and what became of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.core import audit, clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit, whole_number
from portal.ledger.fields import month_after, month_of
from portal.ledger.forms import MonthForm
from portal.reconciliation import rules, selectors, services
from portal.reconciliation.documents import find_document
from portal.reconciliation.forms import MatchForm, ReopeningForm, ResolutionForm
from portal.reconciliation.models import Day, Difference, Listing
from portal.reconciliation.tables import ALL
from portal.revenue.models import BankRow


@login_required
@require_safe
def reconciliation_month(request: PageRequest) -> HttpResponse:
    """Every feed and the bank, day by day."""
    rules.can_see_days(request.actor).require()
    form = MonthForm(request.GET if "month" in request.GET else None)
    this = month_of(clock.now())
    month = form.cleaned_data["month"] if form.is_valid() else this
    context = {
        "form": form if form.is_bound else MonthForm(initial={"month": month}),
        "month": month,
        "previous": month_of_before(month),
        "next": month_after(month) if month < this else None,
        "months": selectors.months_of(month),
        "open_count": Difference.objects.open().count(),
        "can_bring": rules.can_bring_lists(request.actor),
    }
    return render_page(request, "reconciliation/month.html", context, partial="month")


def month_of_before(month: Any) -> Any:
    """The first day of the month before."""
    return month.replace(year=month.year - (month.month == 1), month=(month.month - 2) % 12 + 1)


@login_required
@require_safe
def reconciliation_day(request: PageRequest, pk: int) -> HttpResponse:
    """How much of a day is there and right, and what is not."""
    rules.can_see_days(request.actor).require()
    day = get_object_or_404(Day.objects.with_open().select_related("feed"), pk=pk)
    query = request.GET.copy()
    query["day"] = str(day.pk)
    context = {
        "day": day,
        "figures": selectors.figures_of(day),
        "kinds": selectors.kinds_of(day),
        "listing": Listing.objects.filter(
            feed=day.feed_id, day=day.day, dropped_at=None, feed__isnull=False
        ).first(),
        "table": read_table(request, ALL, query=query),
        "form": ResolutionForm(),
        "can_count": rules.can_count_day(request.actor),
        "can_decide": rules.can_decide_differences(request.actor),
        "can_bring": rules.can_bring_lists(request.actor),
        "trail": audit.trail(day).select_related("user"),
    }
    return render_page(request, "reconciliation/day.html", context, partial="table")


@login_required
@require_POST
def reconciliation_count(request: PageRequest, pk: int) -> HttpResponse:
    rules.can_see_days(request.actor).require()
    day = get_object_or_404(Day.objects.select_related("feed"), pk=pk)
    services.count_day(request.actor, feed=day.feed, day=day.day)
    messages.success(request, _("Counted again."))
    return redirect(day)


@login_required
@require_POST
def reconciliation_list_drop(request: PageRequest, pk: int) -> HttpResponse:
    """Leave the upstream's list of this day, and count it without."""
    rules.can_see_days(request.actor).require()
    day = get_object_or_404(Day.objects.select_related("feed"), pk=pk)
    listing = get_object_or_404(Listing, feed=day.feed, day=day.day, dropped_at=None)
    services.drop_list(request.actor, listing=listing)
    services.count_day(request.actor, feed=day.feed, day=day.day)
    messages.success(request, _("The list is dropped, and the day was counted without it."))
    return redirect(day)


@login_required
@require_safe
def reconciliation_differences(request: PageRequest) -> HttpResponse:
    rules.can_see_days(request.actor).require()
    context = {
        "table": read_table(request, ALL),
        "form": ResolutionForm(),
        "can_decide": rules.can_decide_differences(request.actor),
    }
    return render_page(request, "reconciliation/differences.html", context, partial="table")


@login_required
@require_POST
def reconciliation_bulk(request: PageRequest) -> HttpResponse:
    """Several with one reason."""
    rules.can_see_days(request.actor).require()
    keys = {whole_number(key) for key in request.POST.getlist("picked")}
    rows = list(Difference.objects.filter(pk__in=keys))
    form = ResolutionForm(request.POST)
    done = submit(
        form,
        lambda: services.resolve_differences(
            request.actor, differences=rows, said=form.resolution()
        ),
    )
    if done is None:
        for sentences in form.errors.values():
            messages.error(request, " ".join(map(str, sentences)))
    else:
        sentence = ngettext("%(n)s difference resolved.", "%(n)s differences resolved.", done)
        messages.success(request, sentence % {"n": done})
    days = {row.day_id for row in rows}
    if len(days) == 1:
        return redirect("reconciliation_day", pk=days.pop())
    return redirect(f"{reverse('reconciliation_differences')}?status=open")


@login_required
@require_safe
def reconciliation_difference(request: PageRequest, pk: int) -> HttpResponse:
    return _difference(request, _fetch(request, pk))


@login_required
@require_POST
def reconciliation_resolution(request: PageRequest, pk: int) -> HttpResponse:
    difference, form = _fetch(request, pk), ResolutionForm(request.POST)
    done = submit(
        form,
        lambda: services.resolve_difference(
            request.actor, difference=difference, said=form.resolution()
        ),
    )
    if done is None:
        return _difference(request, difference, resolve=form)
    messages.success(request, _("Resolved. It can be opened again."))
    return redirect(difference)


@login_required
@require_POST
def reconciliation_reopening(request: PageRequest, pk: int) -> HttpResponse:
    difference, form = _fetch(request, pk), ReopeningForm(request.POST)
    done = submit(
        form,
        lambda: services.reopen_difference(
            request.actor, difference=difference, why=form.cleaned_data["why"]
        ),
    )
    if done is None:
        return _difference(request, difference, reopen=form)
    messages.success(request, _("Opened again."))
    return redirect(difference)


@login_required
@require_POST
def reconciliation_match(request: PageRequest, pk: int) -> HttpResponse:
    difference = _fetch(request, pk)
    form = MatchForm(selectors.rows_for(difference), request.POST)
    done = submit(
        form,
        lambda: services.match_row(
            request.actor, difference=difference, row=form.cleaned_data["row"]
        ),
    )
    if done is None:
        return _difference(request, difference, match=form)
    messages.success(request, _("Matched, and the day was counted again."))
    return redirect(difference)


@login_required
@require_POST
def reconciliation_match_end(request: PageRequest, pk: int, match: int) -> HttpResponse:
    difference, form = _fetch(request, pk), ReopeningForm(request.POST)
    found = get_object_or_404(selectors.matches_for(difference), pk=match)
    done = submit(
        form,
        lambda: services.end_match(request.actor, match=found, why=form.cleaned_data["why"]),
    )
    if done is None:
        return _difference(request, difference, end=form, ending=found.pk)
    messages.success(request, _("The match was taken back, and its days were counted again."))
    return redirect(difference)


def _fetch(request: PageRequest, pk: int) -> Difference:
    rules.can_see_days(request.actor).require()
    rows = Difference.objects.select_related("day__feed", "event", "bank_row", "resolved_by")
    return get_object_or_404(rows, pk=pk)


def _difference(request: PageRequest, difference: Difference, **forms: Any) -> HttpResponse:
    actor, rows = request.actor, selectors.rows_for(difference)
    can_match = rules.can_match_row(actor, difference)
    context = {
        "difference": difference,
        "subject": selectors.subject_of(difference),
        "expected": selectors.expected_of(difference),
        "found": selectors.found_of(difference),
        "meaning": selectors.meaning_of(difference),
        "document": find_document(difference.document),
        "steps": difference.steps.select_related("person"),
        "resolve": forms.get("resolve") or ResolutionForm(),
        "reopen": forms.get("reopen") or ReopeningForm(),
        "match": forms.get("match") or MatchForm(rows) if can_match and _any(rows) else None,
        "matches": selectors.matches_for(difference)[: selectors.MOST_MATCHES],
        "ending": forms.get("ending"),
        "end": forms.get("end") or ReopeningForm(),
        "can_end": rules.can_decide_differences(actor),
        "can_resolve": rules.can_resolve_difference(actor, difference),
        "can_reopen": rules.can_reopen_difference(actor, difference),
    }
    status = 422 if forms else 200
    return render_page(request, "reconciliation/difference.html", context, status=status)


def _any(rows: QuerySet[BankRow]) -> bool:
    return rows.exists()
