"""Frameworks: the list, one of them with its months, and negotiating it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.documents import pdf_file
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit, whole_number
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.revenue import engine
from portal.revenue.papers import render_paper
from portal.tiers import rules, selectors, services
from portal.tiers.forms import FrameworkForm, initial_of_change, initial_of_framework
from portal.tiers.framework_fields import FrameworkFields
from portal.tiers.framework_tables import FRAMEWORKS
from portal.tiers.framework_terms import fields_of
from portal.tiers.models import Framework, FrameworkDecision

Write = Callable[[FrameworkForm], object]


@login_required
@require_safe
def framework_list(request: PageRequest) -> HttpResponse:
    """An agency's own; everybody's for operators, with what all of them come to."""
    rules.can_see_frameworks(request.actor).require()
    own = request.actor.party
    is_agency = own is not None and own.kind == PartyKind.AGENCY
    context = {
        "table": read_table(request, FRAMEWORKS),
        "totals": selectors.framework_totals(request.actor, request.GET),
        "is_agency": is_agency,
        "can_propose": rules.can_propose_framework(request.actor, own)
        if is_agency and own
        else rules.may_manage_frameworks(request.actor),
    }
    return render_page(request, "tiers/framework_list.html", context, partial="table")


@login_required
@require_safe
def framework_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    framework = fetch(request, pk)
    actor, waiting = request.actor, selectors.waiting_version(framework)
    course = selectors.course_of(framework)
    versions = selectors.shown_versions(framework)
    held = next((one for one in versions if one.is_accepted), versions[0])
    shown = next((one for one in versions if one.is_open), held)
    step = course.to_next_step if course else None
    decisions = FrameworkDecision.objects.filter(meeting__framework=framework)
    context = {
        "framework": framework,
        "course": course,
        "versions": versions,
        "shown": shown,
        "held": held,
        "due": round(course.outlook.due) if course else 0,
        "next_rate": str(engine.Rate(step[1])) if step else "",
        "key": str(framework.pk),
        "paper_url": reverse("framework_paper", args=[framework.pk, shown.version.number]),
        "waiting": waiting,
        "is_own_side": actor.speaks_for(framework.party_id),
        "can_accept": rules.can_accept_framework(actor, framework, waiting),
        "can_answer": rules.can_answer_framework(actor, framework, waiting),
        "can_withdraw": rules.can_withdraw_framework(actor, framework, waiting),
        "can_change": rules.can_change_framework(actor, framework),
        "can_renew": rules.can_propose_framework(actor, framework.party, framework),
        "can_plan": rules.can_plan_meeting(actor, framework),
        "can_review": rules.can_review_framework(actor, framework),
        "can_end": rules.can_end_framework(actor, framework),
        "can_close": rules.can_close_reviewed(actor, framework),
        "can_keep": rules.can_keep_framework(actor, framework.party),
        "meetings": framework.meetings.all(),
        "decisions": decisions.select_related("meeting"),
        "renewal": framework.renewals.exclude(status="dropped").first(),
        "creators": selectors.active_creators(framework),
        "trail": trail(framework).select_related("user"),
    }
    return render_page(request, "tiers/framework_detail.html", context)


@login_required
@require_safe
def framework_paper(request: PageRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """One version as a PDF with its hash, for both sides."""
    framework = fetch(request, pk)
    version = get_object_or_404(framework.agreement.versions, number=number)
    version.agreement = framework.agreement
    return pdf_file(render_paper(version), f"framework-{version.sha256[:12]}-v{number}")


@login_required
@require_http_methods(["GET", "POST"])
def framework_create(request: PageRequest) -> HttpResponse:
    """A first version: an agency's own, an operator's for `party`. With `before` the next year's is
    filled in."""
    before = _before(request)
    party = before.party if before else _party(request)
    rules.can_propose_framework(request.actor, party, before).require()
    initial = initial_of_framework(selectors.renewal_of(before)) if before else None
    form = FrameworkForm(request.POST if request.method == "POST" else None, initial=initial)

    def write(form: FrameworkForm) -> Framework:
        fields = form.framework_fields()
        return services.propose_framework(request.actor, party=party, fields=fields, before=before)

    title = _("Propose the renewal") if before else _("Propose an annual framework")
    context = {"title": title, "party": party, "before": before}
    return _edit(request, form, write, context)


def _before(request: PageRequest) -> Framework | None:
    key = request.GET.get("before", "")
    try:
        pk = uuid.UUID(key)
    except ValueError:
        return None
    return fetch(request, pk)


def _party(request: PageRequest) -> Party:
    if request.actor.party is not None:
        return request.actor.party
    agencies = Party.objects.filter(kind=PartyKind.AGENCY).select_related("city")
    return get_object_or_404(agencies, pk=whole_number(request.GET.get("party", "")))


@login_required
@require_http_methods(["GET", "POST"])
def framework_counter(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer what waits with other terms, beginning with it."""
    framework = fetch(request, pk)
    waiting = selectors.waiting_version(framework)
    rules.can_answer_framework(request.actor, framework, waiting).require()
    fields = fields_of(waiting) if waiting else None
    changed = None if framework.is_talked_about else framework

    def write(form: FrameworkForm) -> object:
        said = form.framework_fields()
        return services.counter_framework(request.actor, framework=framework, fields=said)

    return _edit_terms(request, framework, fields, changed, write, _("Answer with other terms"))


@login_required
@require_http_methods(["GET", "POST"])
def framework_change(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Other terms for months to come of what both signed."""
    framework = fetch(request, pk)
    rules.can_change_framework(request.actor, framework).require()
    last = fields_of(selectors.accepted_versions(framework)[-1])

    def write(form: FrameworkForm) -> object:
        said = form.framework_fields()
        return services.change_framework(request.actor, framework=framework, fields=said)

    return _edit_terms(request, framework, last, framework, write, _("Propose a change"))


def _edit_terms(
    request: PageRequest,
    framework: Framework,
    fields: FrameworkFields | None,
    changed: Framework | None,
    write: Write,
    title: str,
) -> HttpResponse:
    initial = None
    if fields is not None:
        initial = initial_of_change(fields) if changed else initial_of_framework(fields)
    data = request.POST if request.method == "POST" else None
    form = FrameworkForm(data, initial=initial, changed=changed)
    context = {"title": title, "party": framework.party, "framework": framework}
    return _edit(request, form, write, context)


def _edit(
    request: PageRequest, form: FrameworkForm, write: Write, context: dict[str, Any]
) -> HttpResponse:
    if submit(form, lambda: write(form) or True) is not None:
        messages.success(request, _("Proposed. The other side has seven days to answer."))
        framework = context.get("framework")
        if framework is None:
            newest = Framework.objects.filter(party=context["party"]).order_by("-created_at")
            framework = newest[0]
        return redirect(framework)
    return render_page(request, "tiers/framework_edit.html", context | {"form": form})


@login_required
@require_POST
def framework_acceptance(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    framework = services.accept_framework(request.actor, framework=fetch(request, pk))
    messages.success(request, _("Accepted by both sides. The paper with its hash is below."))
    return redirect(framework)


@login_required
@require_POST
def framework_refusal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    why = request.POST.get("why", "").replace("\0", "")
    services.decline_framework(request.actor, framework=fetch(request, pk), why=why)
    messages.success(request, _("Declined."))
    return redirect("framework_detail", pk)


@login_required
@require_POST
def framework_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    services.withdraw_framework(request.actor, framework=fetch(request, pk))
    messages.success(request, _("Taken back."))
    return redirect("framework_detail", pk)


def fetch(request: PageRequest, pk: uuid.UUID) -> Framework:
    """One this person may see."""
    return get_object_or_404(Framework.objects.visible_to(request.actor).whole(), pk=pk)
