"""For who marks and who teaches: works without names, and a session's results."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.http import PageRequest
from portal.core.web import ordered_page, render_page, submit
from training.assessment import forms, rules, selectors, services
from training.assessment.models import Mark
from training.courses.models import Session
from training.courses.rules import can_teach


@login_required
@require_safe
def marking_list(request: PageRequest) -> HttpResponse:
    """What waits for one's mark, the nearest day first; what one has marked."""
    given = Mark.objects.filter(marker=request.actor.user_id, given_at__isnull=False)
    context = {
        "waiting": list(selectors.marks_to_give(request.actor).order_by("due_at", "pk")[:100]),
        "page": ordered_page(
            given.select_related("work__assignment__course"),
            request.GET.get("cursor", ""),
            field="given_at",
            ascending=False,
        ),
    }
    return render_page(request, "assessment/marking_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def marking_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The work under its code, the rubric, and one's own points; the others' afterwards."""
    mark = _mark(request, pk)
    criteria = list(mark.work.assignment.criteria.order_by("position"))
    form = forms.MarkForm(criteria, request.POST if request.method == "POST" else None)
    given = submit(
        form,
        lambda: services.give_mark(
            request.actor,
            mark=mark,
            points=form.points_given,
            words=form.cleaned_data["words"],
        ),
    )
    if given is not None:
        messages.success(request, _("Your mark is given."))
        following = _following(request, mark) if request.POST.get("then") == "next" else None
        return redirect(following or mark)
    context: dict[str, Any] = {
        "mark": mark,
        "work": mark.work,
        "assignment": mark.work.assignment,
        "course": mark.work.assignment.course,
        "criteria": criteria,
        "most": sum(one.points for one in criteria),
        "own": list(zip(criteria, mark.points or (), strict=False)),
        "others": selectors.other_marks(mark),
        "files": mark.work.files.select_related("file"),
        "form": form,
        "can_mark": rules.can_mark(request.actor, mark),
        "waiting": selectors.marks_to_give(request.actor).exclude(pk=mark.pk).count(),
        "following": _following(request, mark),
    }
    return render_page(request, "assessment/marking_detail.html", context)


def _following(request: PageRequest, mark: Mark) -> Mark | None:
    """The work that waits for one's mark next."""
    rows = selectors.marks_to_give(request.actor).exclude(pk=mark.pk)
    return rows.order_by("due_at", "pk").first()


@login_required
@require_safe
def teaching_results(request: PageRequest, pk: int) -> HttpResponse:
    """How far everybody of a session has come, and what they say of it without their names."""
    session = get_object_or_404(Session.objects.visible_to(request.actor).whole(), pk=pk)
    can_teach(request.actor, session).require()
    rows = selectors.results_of(session)
    context = {
        "session": session,
        "course": session.course,
        "rows": rows,
        "parts": [part for part, _result in rows[0].progress.rows] if rows else [],
        "feedback": selectors.feedback_of(session),
    }
    return render_page(request, "assessment/teaching_results.html", context)


def _mark(request: PageRequest, pk: uuid.UUID) -> Mark:
    rows = Mark.objects.filter(marker=request.actor.user_id)
    return get_object_or_404(rows.select_related("work__assignment__course"), pk=pk)
