"""The operators' desk: every certificate, issuing in bulk, taking back and giving back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.models import Job
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from training.certificates import forms, rules, selectors, services
from training.certificates.models import Certificate
from training.certificates.tables import DESK
from training.certificates.views.public import proof
from training.courses.models import Course

LATEST = 5


@login_required
@require_safe
def certificate_desk(request: PageRequest) -> HttpResponse:
    rules.can_run_certificates(request.actor).require()
    return _desk(request, forms.IssueForm())


def _desk(request: PageRequest, form: forms.IssueForm) -> HttpResponse:
    context = {
        "table": read_table(request, DESK),
        "kpis": selectors.figures(),
        "form": form,
        "can_issue": rules.may_issue(request.actor),
        "runs": selectors.runs_of_issue()[:LATEST],
    }
    return render_page(request, "certificates/certificate_desk.html", context, partial="table")


@login_required
@require_POST
def certificate_issue(request: PageRequest) -> HttpResponse:
    """To everybody who completed the course and has none."""
    rules.may_issue(request.actor).require()
    form = forms.IssueForm(request.POST)
    started = submit(
        form,
        lambda: services.start_issue(request.actor, course=form.cleaned_data["course"]),
    )
    if started is None:
        return _desk(request, form)
    return redirect("certificate_run", pk=started.pk)


@login_required
@require_safe
def certificate_run(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Live progress: htmx asks for the card again until the job has ended."""
    rules.can_run_certificates(request.actor).require()
    job = get_object_or_404(selectors.runs_of_issue(), pk=pk)
    context = {"job": job, "course": _course_of(job)}
    return render_page(request, "certificates/certificate_run.html", context, partial="job")


def _course_of(job: Job) -> Course:
    return get_object_or_404(Course, pk=job.args["course"])


@login_required
@require_POST
def certificate_revocation(request: PageRequest, number: str) -> HttpResponse:
    rules.may_revoke(request.actor).require()
    certificate = _fetch(number)
    form = forms.ReasonForm(request.POST)
    gone = submit(
        form,
        lambda: services.revoke_certificate(
            request.actor, certificate=certificate, reason=form.cleaned_data["reason"]
        ),
    )
    if gone is None:
        return proof(request, certificate, reason_form=form)
    messages.success(request, _("Revoked. The holder reads why."))
    return redirect(certificate)


@login_required
@require_POST
def certificate_restoration(request: PageRequest, number: str) -> HttpResponse:
    """After an objection that was right."""
    rules.may_revoke(request.actor).require()
    certificate = _fetch(number)
    form = forms.ReasonForm(request.POST)
    back = submit(
        form,
        lambda: services.restore_certificate(
            request.actor, certificate=certificate, reason=form.cleaned_data["reason"]
        ),
    )
    if back is None:
        return proof(request, certificate, reason_form=form)
    messages.success(request, _("Given back. The holder has been told."))
    return redirect(certificate)


def _fetch(number: str) -> Certificate:
    certificate = selectors.certificate_numbered(number)
    if certificate is None:
        raise Http404
    return certificate
