"""Tasks written, published and closed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.rewards import rules, selectors, services
from portal.rewards.forms import ReasonForm, TaskForm
from portal.rewards.models import Programme, Task
from portal.rewards.tables import TASKS


@login_required
@require_safe
def task_register(request: PageRequest) -> HttpResponse:
    rules.can_see_claims(request.actor).require()
    context = {
        "table": read_table(request, TASKS),
        "facts": _("Drafts, published and closed ones of every season."),
        "empty": _("No task yet: write one in a season."),
    }
    return render_page(request, "rewards/task_register.html", context, partial="table")


@login_required
@require_http_methods(["GET", "POST"])
def task_create(request: PageRequest, code: str) -> HttpResponse:
    rules.can_edit_tasks(request.actor).require()
    season = get_object_or_404(Programme, code=code)
    form = TaskForm(request.POST if request.method == "POST" else None, season=season)
    task = submit(
        form,
        lambda: services.create_task(request.actor, programme=season, fields=form.task_fields()),
    )
    if task is not None:
        messages.success(request, _("Saved as a draft. Look who could claim it, then publish."))
        return redirect("task_edit", pk=task.pk)
    context = {"season": season, "form": form, "title": _("New task")}
    return render_page(request, "rewards/task_edit.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def task_edit(request: PageRequest, pk: int) -> HttpResponse:
    """The draft with who could claim it; of a published one what was promised."""
    rules.can_see_claims(request.actor).require()
    task, actor = _task(pk), request.actor
    can_change = rules.can_edit_task(actor, task)
    if request.method == "POST":
        can_change.require()
    given = request.POST if request.method == "POST" else None
    form = TaskForm(given, season=task.programme, task=task)
    done = submit(form, lambda: services.change_task(actor, task=task, fields=form.task_fields()))
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("task_edit", pk=task.pk)
    return _shown(request, task, form, ReasonForm())


def _shown(
    request: PageRequest, task: Task, form: TaskForm, close_form: ReasonForm
) -> HttpResponse:
    actor = request.actor
    context = {
        "task": task,
        "season": task.programme,
        "form": form,
        "close_form": close_form,
        "title": task.title,
        "reach": selectors.reach_of(task),
        "can_change": rules.can_edit_task(actor, task),
        "can_publish": rules.can_publish_task(actor, task),
        "can_close": rules.can_close_task(actor, task),
        "trail": trail(task).select_related("user"),
    }
    status = 422 if form.errors or close_form.errors else 200
    return render_page(request, "rewards/task_edit.html", context, status=status)


@login_required
@require_POST
def task_publication(request: PageRequest, pk: int) -> HttpResponse:
    rules.can_edit_tasks(request.actor).require()
    task = services.publish_task(request.actor, task=_task(pk))
    messages.success(request, _("Published. It can be claimed from its opening on."))
    return redirect("task_edit", pk=task.pk)


@login_required
@require_POST
def task_closing(request: PageRequest, pk: int) -> HttpResponse:
    task = _task(pk)
    rules.can_close_task(request.actor, task).require()
    form = ReasonForm(request.POST)
    done = submit(
        form,
        lambda: services.close_task(request.actor, task=task, reason=form.cleaned_data["reason"]),
    )
    if done is None:
        return _shown(request, task, TaskForm(season=task.programme, task=task), form)
    messages.success(request, _("Closed. Who is on the way finishes as promised."))
    return redirect("task_edit", pk=task.pk)


def _task(pk: int) -> Task:
    return get_object_or_404(Task.objects.whole(), pk=pk)


def _status(form: TaskForm) -> int:
    return 422 if form.errors else 200
