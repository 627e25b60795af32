"""Jobs, for the operators who run them."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from portal.core import jobs
from portal.core.http import PageRequest
from portal.core.job_table import JOBS
from portal.core.models import Job
from portal.core.tables import read_table
from portal.core.web import render_page


@login_required
@require_safe
def job_list(request: PageRequest) -> HttpResponse:
    jobs.can_run_job(request.actor).require()
    context = {"table": read_table(request, JOBS)}
    return render_page(request, "core/job_list.html", context, partial="table")


@login_required
@require_safe
def job_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Live progress: htmx asks for the card again until the job has ended."""
    jobs.can_run_job(request.actor).require()
    job = get_object_or_404(Job.objects.select_related("created_by"), pk=pk)
    return render_page(request, "core/job_detail.html", {"job": job}, partial="job")


@login_required
@require_POST
def job_retry(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    job = jobs.retry_job(request.actor, job=get_object_or_404(Job, pk=pk))
    return redirect("job_detail", pk=job.pk)
