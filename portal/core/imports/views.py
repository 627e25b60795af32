"""Importing from a page: choose a kind, upload, look at the dry run, import what is good."""

from __future__ import annotations

import io
import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import imports
from portal.core.http import PageRequest
from portal.core.imports.forms import ImportForm
from portal.core.imports.kinds import ImportKind
from portal.core.imports.sheets import label_of, write_faults, write_template
from portal.core.models import ImportFault, ImportRun
from portal.core.sheets import TYPES
from portal.core.web import keyset_page, render_page, submit

SHOWN_FAULTS = 50


@login_required
@require_safe
def import_list(request: PageRequest) -> HttpResponse:
    runs = ImportRun.objects.visible_to(request.actor).select_related("created_by", "job", "file")
    page = keyset_page(runs, request.GET.get("cursor", ""), field="created_at")
    rows = [{"run": run, "kind": imports.find_kind(run.kind)} for run in page.rows]
    context = {"page": page, "rows": rows, "kinds": imports.kinds_for(request.actor)}
    return render_page(request, "core/import_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_create(request: PageRequest, kind: str) -> HttpResponse:
    found = _kind(kind)
    found.may(request.actor).require()
    is_sent = request.method == "POST"
    sent = (request.POST, request.FILES) if is_sent else (None, None)
    form = ImportForm(found.purpose, *sent)
    run = submit(
        form,
        lambda: imports.start_import(request.actor, kind=found, upload=form.cleaned_data["file"]),
    )
    if run is not None:
        return redirect(run)
    return render_page(request, "core/import_create.html", {"form": form, "kind": found})


@login_required
@require_safe
def import_template(request: PageRequest, kind: str) -> HttpResponse:
    found = _kind(kind)
    found.may(request.actor).require()
    form = _form_of(request)
    target = io.BytesIO()
    write_template(found, form, target)
    return _download(target, form, f"{found.title}.{form}")


@login_required
@require_safe
def import_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Live while its job runs: htmx asks for the part again."""
    run = _run(request, pk)
    kind = imports.find_kind(run.kind)
    faults = list(ImportFault.objects.filter(run=run).order_by("line", "pk")[:SHOWN_FAULTS])
    context: dict[str, Any] = {
        "run": run,
        "kind": kind,
        "faults": [{"fault": f, "label": label_of(kind, f.field)} for f in faults],
        "can_apply": imports.can_apply_import(request.actor, run),
        "can_discard": imports.can_discard_import(request.actor, run),
        "can_retry": imports.can_retry_import(request.actor, run),
    }
    return render_page(request, "core/import_detail.html", context, partial="import")


@login_required
@require_safe
def import_faults(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The rows with faults, to correct and upload again."""
    run = _run(request, pk)
    form = _form_of(request)
    if run.file.deleted_at is not None:
        raise Http404
    target = io.BytesIO()
    write_faults(run, _kind(run.kind), form, target)
    return _download(target, form, f"{run.file.name.rpartition('.')[0]}-!.{form}")


@login_required
@require_POST
def import_application(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return redirect(imports.apply_import(request.actor, run=_run(request, pk)))


@login_required
@require_POST
def import_discarding(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    imports.discard_import(request.actor, run=_run(request, pk))
    return redirect("import_list")


@login_required
@require_POST
def import_retry(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return redirect(imports.retry_import(request.actor, run=_run(request, pk)))


def _run(request: PageRequest, pk: uuid.UUID) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.actor)
    return get_object_or_404(runs.select_related("created_by", "job", "file"), pk=pk)


def _kind(name: str) -> ImportKind:
    found = imports.find_kind(name)
    if found is None:
        raise Http404
    return found


def _form_of(request: PageRequest) -> str:
    asked = request.GET.get("format", "xlsx")
    return asked if asked in TYPES else "xlsx"


def _download(target: io.BytesIO, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(target.getvalue(), content_type=TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
