"""Seasons with their pools: begun, taken over for the next one; a pool's story and its budget."""

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
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import keyset_page, render_page, submit
from portal.rewards import rules, selectors, services
from portal.rewards.forms import (
    CashBudgetForm,
    CloneForm,
    DecisionForm,
    PointsBudgetForm,
    SeasonForm,
)
from portal.rewards.models import BudgetChange, Pool, Programme
from portal.rewards.states import TaskStatus, Unit
from portal.rewards.tables import POOL_STORY, TASKS

MOST_CHANGES = 10


@login_required
@require_safe
def season_list(request: PageRequest) -> HttpResponse:
    rules.can_see_pools(request.actor).require()
    page = keyset_page(Programme.objects.all(), request.GET.get("cursor", ""), size=10)
    context = {
        "page": page,
        "rows": selectors.season_rows(page.rows),
        "waiting": selectors.waiting_budgets(),
        "can_edit": rules.can_edit_tasks(request.actor),
    }
    return render_page(request, "rewards/season_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def season_create(request: PageRequest) -> HttpResponse:
    rules.can_edit_tasks(request.actor).require()
    form = SeasonForm(request.POST if request.method == "POST" else None)
    made = submit(
        form, lambda: services.create_programme(request.actor, fields=form.season_fields())
    )
    if made is not None:
        messages.success(request, _("Begun. Open its pools, then write its tasks."))
        return redirect("season_detail", code=made.code)
    return _edited(request, form, _("New season"), "")


@login_required
@require_http_methods(["GET", "POST"])
def season_clone(request: PageRequest, code: str) -> HttpResponse:
    """All its tasks as drafts of a new season, moved in time."""
    rules.can_edit_tasks(request.actor).require()
    season = _season(code)
    form = CloneForm(request.POST if request.method == "POST" else None)
    made = submit(
        form,
        lambda: services.clone_programme(request.actor, programme=season, **form.cleaned_data),
    )
    if made is not None:
        messages.success(request, _("Taken over: all tasks are drafts, the pools are empty."))
        return redirect("season_detail", code=made.code)
    facts = _("The tasks of %(season)s, moved by the days between the first days.")
    title = _("Take over for a new season")
    return _edited(request, form, title, facts % {"season": season.name})


def _edited(request: PageRequest, form: Any, title: str, facts: str) -> HttpResponse:
    context = {"form": form, "title": title, "facts": facts}
    status = 422 if form.errors else 200
    return render_page(request, "rewards/season_edit.html", context, status=status)


@login_required
@require_safe
def season_detail(request: PageRequest, code: str) -> HttpResponse:
    rules.can_see_pools(request.actor).require()
    season = _season(code)
    query = request.GET.copy()
    query["season"] = season.code
    known = set(season.pools.values_list("unit", flat=True))
    can_edit = rules.can_edit_tasks(request.actor)
    context = {
        "season": season,
        "facts": f"{season.code} · {season.starts_on:%Y-%m-%d} – {season.ends_on:%Y-%m-%d}",
        "pools": selectors.pools_of(season),
        "units": [one for one in Unit.choices if one[0] not in known] if can_edit else [],
        "can_edit": can_edit,
        "can_open": rules.can_open_season(request.actor, season) if can_edit else None,
        "has_drafts": season.tasks.filter(status=TaskStatus.DRAFT).exists(),
        "sizes": selectors.sizes_of(season),
        "table": read_table(request, TASKS, query=query),
        "trail": trail(season).select_related("user"),
    }
    return render_page(request, "rewards/season_detail.html", context, partial="table")


@login_required
@require_POST
def season_opening(request: PageRequest, code: str) -> HttpResponse:
    """All drafts at once."""
    rules.can_edit_tasks(request.actor).require()
    published = services.open_season(request.actor, programme=_season(code))
    messages.success(request, _("Published tasks: %(n)s.") % {"n": published})
    return redirect("season_detail", code=code)


@login_required
@require_POST
def pool_create(request: PageRequest, code: str) -> HttpResponse:
    season = _season(code)
    unit = request.POST.get("unit", "")
    pool = services.open_pool(request.actor, programme=season, unit=unit)
    messages.success(request, _("Open and empty. Propose its budget."))
    return redirect("pool_detail", pk=pool.pk)


@login_required
@require_http_methods(["GET", "POST"])
def pool_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What moved it, row by row; and another budget, proposed."""
    rules.can_see_pools(request.actor).require()
    pool = get_object_or_404(Pool.objects.select_related("programme"), pk=pk)
    form = _budget_form(pool, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        rules.can_propose_budget(request.actor).require()
    made = submit(
        form,
        lambda: services.propose_budget(
            request.actor,
            pool=pool,
            amount=form.amount_of(),
            reason=form.cleaned_data["reason"],
        ),
    )
    if made is not None:
        messages.success(request, _("Proposed. A second person of finance approves it."))
        return redirect("pool_detail", pk=pool.pk)
    return _pool_page(request, pool, form, DecisionForm())


def _budget_form(pool: Pool, given: Any) -> CashBudgetForm:
    return CashBudgetForm(given) if pool.unit == Unit.CASH else PointsBudgetForm(given)


def _pool_page(
    request: PageRequest, pool: Pool, form: CashBudgetForm, decision: DecisionForm
) -> HttpResponse:
    actor = request.actor
    waiting = selectors.waiting_budget_of(pool)
    query = request.GET.copy()
    query["pool"] = str(pool.pk)
    context = {
        "pool": pool,
        "season": pool.programme,
        "shown": selectors.pool_row(pool),
        "figures": selectors.figures_of_pool(pool),
        "table": read_table(request, POOL_STORY, query=query),
        "waiting": waiting,
        "waiting_amount": selectors.change_in_words(waiting) if waiting else "",
        "can_approve": rules.can_approve_budget(actor, waiting) if waiting else None,
        "can_refuse": rules.can_refuse_budget(actor, waiting) if waiting else None,
        "can_propose": rules.can_propose_budget(actor),
        "form": form,
        "decision_form": decision,
        "changes": selectors.changes_of(pool, MOST_CHANGES),
        "is_sound": selectors.adds_up(pool),
    }
    status = 422 if form.errors or decision.errors else 200
    return render_page(request, "rewards/pool_detail.html", context, partial="table", status=status)


@login_required
@require_POST
def budget_decision(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    rules.can_see_pools(request.actor).require()
    change = get_object_or_404(BudgetChange.objects.select_related("pool__programme"), pk=pk)
    form = DecisionForm(request.POST)

    def decide() -> BudgetChange:
        if request.POST.get("decision") == "approve":
            return services.approve_budget(request.actor, change=change)
        return services.refuse_budget(
            request.actor, change=change, reason=form.cleaned_data["reason"]
        )

    rules.can_refuse_budget(request.actor, change).require()
    if submit(form, decide) is None:
        return _pool_page(request, change.pool, _budget_form(change.pool, None), form)
    messages.success(request, _("Decided."))
    return redirect("pool_detail", pk=change.pool_id)


def _season(code: str) -> Programme:
    return get_object_or_404(Programme, code=code)
