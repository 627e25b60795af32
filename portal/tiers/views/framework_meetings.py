"""Review meetings of a framework, what they decided, and closing it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.tiers import rules, services
from portal.tiers.forms import ClosingForm, MeetingDayForm, MinutesForm, OutcomeForm
from portal.tiers.models import Framework, FrameworkDecision, FrameworkMeeting
from portal.tiers.views.frameworks import fetch


@login_required
@require_http_methods(["GET", "POST"])
def framework_meeting_create(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    framework = fetch(request, pk)
    rules.can_plan_meeting(request.actor, framework).require()
    form = MeetingDayForm(framework, request.POST if request.method == "POST" else None)

    def write() -> object:
        day = form.cleaned_data["planned_on"]
        return services.plan_framework_meeting(request.actor, framework=framework, planned_on=day)

    return _form_page(request, framework, form, write, _("Plan a review meeting"))


@login_required
@require_http_methods(["GET", "POST"])
def framework_meeting_move(request: PageRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    rules.can_move_meeting(request.actor, meeting).require()
    form = MeetingDayForm(
        meeting.framework,
        request.POST if request.method == "POST" else None,
        initial={"planned_on": meeting.planned_on},
    )

    def write() -> object:
        day = form.cleaned_data["planned_on"]
        return services.move_framework_meeting(request.actor, meeting=meeting, planned_on=day)

    return _form_page(request, meeting.framework, form, write, _("Move the meeting"))


@login_required
@require_safe
def framework_meeting_detail(request: PageRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    decisions = list(meeting.decisions.select_related("settled_by"))
    for decision in decisions:
        decision.meeting = meeting
    context = {
        "meeting": meeting,
        "framework": meeting.framework,
        "rows": [(one, rules.can_settle_decision(request.actor, one)) for one in decisions],
        "can_record": rules.can_record_meeting(request.actor, meeting),
        "can_move": rules.can_move_meeting(request.actor, meeting),
        "can_keep": rules.can_keep_framework(request.actor, meeting.framework.party),
    }
    return render_page(request, "tiers/framework_meeting_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def framework_meeting_minutes(request: PageRequest, pk: int) -> HttpResponse:
    """Written once, by an operator."""
    meeting = _meeting(request, pk)
    rules.can_record_meeting(request.actor, meeting).require()
    form = MinutesForm(meeting, request.POST if request.method == "POST" else None)

    def write() -> FrameworkMeeting:
        fields = form.minutes_fields()
        return services.record_framework_meeting(request.actor, meeting=meeting, fields=fields)

    if submit(form, write) is not None:
        messages.success(request, _("Written. Both sides read them."))
        return redirect(meeting)
    context = {"meeting": meeting, "framework": meeting.framework, "form": form}
    return render_page(request, "tiers/framework_meeting_minutes.html", context)


@login_required
@require_POST
def framework_decision_outcome(request: PageRequest, pk: int) -> HttpResponse:
    frameworks = Framework.objects.visible_to(request.actor)
    rows = FrameworkDecision.objects.filter(meeting__framework__in=frameworks)
    decision = get_object_or_404(rows.select_related("meeting__framework__party__city"), pk=pk)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        services.settle_framework_decision(request.actor, decision=decision, **form.cleaned_data)
        messages.success(request, _("Settled."))
    else:
        messages.error(request, _("Say whether it was done or dropped."))
    return redirect(decision.meeting)


@login_required
@require_http_methods(["GET", "POST"])
def framework_review(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """After its last day: how it came out."""
    framework = fetch(request, pk)
    rules.can_review_framework(request.actor, framework).require()
    return _close(request, framework, services.review_framework, _("Close the review"))


@login_required
@require_http_methods(["GET", "POST"])
def framework_end(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Before its time, from the end of the month on."""
    framework = fetch(request, pk)
    rules.can_end_framework(request.actor, framework).require()
    return _close(request, framework, services.end_framework, _("End before its time"))


@login_required
@require_POST
def framework_close(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    services.close_framework(request.actor, framework=fetch(request, pk))
    messages.success(request, _("Closed without a renewal."))
    return redirect("framework_detail", pk)


def _close(
    request: PageRequest, framework: Framework, service: Callable[..., Framework], title: str
) -> HttpResponse:
    form = ClosingForm(request.POST if request.method == "POST" else None)

    def write() -> Framework:
        closing = form.cleaned_data["closing"]
        return service(request.actor, framework=framework, closing=closing)

    return _form_page(request, framework, form, write, title)


def _form_page(
    request: PageRequest,
    framework: Framework,
    form: Form,
    write: Callable[[], object],
    title: str,
) -> HttpResponse:
    if submit(form, write) is not None:
        messages.success(request, _("Done."))
        return redirect(framework)
    context = {"form": form, "title": title, "back": framework.get_absolute_url()}
    context |= {"name": framework.party.name}
    return render_page(request, "core/form_page.html", context)


def _meeting(request: PageRequest, pk: int) -> FrameworkMeeting:
    frameworks = Framework.objects.visible_to(request.actor)
    rows = FrameworkMeeting.objects.filter(framework__in=frameworks)
    return get_object_or_404(rows.select_related("framework__party__city"), pk=pk)
