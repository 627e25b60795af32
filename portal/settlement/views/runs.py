"""The platform's settlement runs: starting one, watching it, sending and approving it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core import audit
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import load_when_over, render_page, submit
from portal.settlement import forms, rules, selectors, services
from portal.settlement.models import Run
from portal.settlement.tables import RUNS, STATEMENTS


@login_required
@require_safe
def settlement_list(request: PageRequest) -> HttpResponse:
    rules.can_see_settlements(request.actor).require()
    initial = {"month": selectors.month_to_settle()}
    return _list(request, forms.RunForm(initial=initial))


def _list(request: PageRequest, form: forms.RunForm) -> HttpResponse:
    context = {
        "table": read_table(request, RUNS),
        "form": form,
        "can_prepare": rules.can_prepare(request.actor),
        "kpis": selectors.figures(),
    }
    return render_page(request, "settlement/settlement_list.html", context, partial="table")


@login_required
@require_POST
def settlement_new(request: PageRequest) -> HttpResponse:
    """A month's end, or one in between where parties are named."""
    rules.can_see_settlements(request.actor).require()
    rules.can_prepare(request.actor).require()
    form = forms.RunForm(request.POST)
    run = submit(form, lambda: _prepare(request, form))
    return _list(request, form) if run is None else redirect(run)


def _prepare(request: PageRequest, form: forms.RunForm) -> Run:
    if parties := form.cleaned_data["parties"]:
        return services.prepare_in_between(request.actor, parties=parties)
    return services.prepare_run(request.actor, month=form.cleaned_data["month"])


@login_required
@require_safe
def settlement_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One run: while it works htmx asks for its card again."""
    run, actor = fetch(request, pk), request.actor
    query = request.GET.copy()
    query["run"] = str(run.pk)
    job = services.job_of(run)
    context = {
        "run": run,
        "job": job,
        "sums": selectors.sums_of(run),
        "shares": selectors.shares_of_run(run),
        "steps": selectors.steps_of_run(run),
        "can_stop": rules.can_stop_run(actor, run),
        "can_resume": rules.can_resume_run(actor, run),
        "can_send": rules.can_send_run(actor, run),
        "can_approve": rules.can_approve_run(actor, run),
        "table": read_table(request, STATEMENTS, query=query),
        "trail": audit.trail(run),
    }
    page = render_page(request, "settlement/settlement_detail.html", context, partial="work")
    is_over = job is None or job.finished_at is not None
    return load_when_over(request, page, partial="work", is_over=is_over)


@login_required
@require_safe
def statement_register(request: PageRequest) -> HttpResponse:
    """Every statement of every run."""
    rules.can_see_settlements(request.actor).require()
    context = {"table": read_table(request, STATEMENTS)}
    return render_page(request, "settlement/statement_register.html", context, partial="table")


@login_required
@require_safe
def settlement_check(request: PageRequest) -> HttpResponse:
    """Whether statements and books say the same, now."""
    rules.can_see_settlements(request.actor).require()
    context = {"checks": selectors.verification()}
    return render_page(request, "settlement/settlement_check.html", context)


@login_required
@require_POST
def settlement_stop(request: PageRequest, pk: int) -> HttpResponse:
    run = services.stop_run(request.actor, run=fetch(request, pk))
    messages.success(request, _("It stops after the parties it is at. Nothing is lost."))
    return redirect(run)


@login_required
@require_POST
def settlement_resume(request: PageRequest, pk: int) -> HttpResponse:
    run = services.resume_run(request.actor, run=fetch(request, pk))
    messages.success(request, _("It goes on where it stopped."))
    return redirect(run)


@login_required
@require_POST
def settlement_sending(request: PageRequest, pk: int) -> HttpResponse:
    run = fetch(request, pk)
    services.start_sending(request.actor, run=run)
    return redirect(run)


@login_required
@require_POST
def settlement_approval(request: PageRequest, pk: int) -> HttpResponse:
    """All of it that is agreed by now."""
    run = fetch(request, pk)
    services.start_approving(request.actor, run=run)
    return redirect(run)


def fetch(request: PageRequest, pk: int) -> Run:
    rules.can_see_settlements(request.actor).require()
    rows = Run.objects.visible_to(request.actor).select_related("prepared_by", "approved_by")
    return get_object_or_404(rows, pk=pk)
