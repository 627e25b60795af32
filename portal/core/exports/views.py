"""One's exports: their progress, and the files of the last day."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from portal.core import exports
from portal.core.http import PageRequest
from portal.core.models import ExportRun
from portal.core.web import keyset_page, render_page

OURS = {"kind", "format", "csrfmiddlewaretoken"}


@login_required
@require_http_methods(["GET", "POST"])
def export_list(request: PageRequest) -> HttpResponse:
    """GET: live while something is written. POST: start one; what is not ours is its params."""
    if request.method == "POST":
        return _start(request)
    runs = ExportRun.objects.visible_to(request.actor).select_related("job", "file")
    page = keyset_page(runs, request.GET.get("cursor", ""), field="created_at")
    rows = [{"run": run, "kind": exports.find_export(run.kind)} for run in page.rows]
    waiting = any(run.finished_at is None for run in page.rows)
    context: dict[str, Any] = {"page": page, "rows": rows, "is_waiting": waiting}
    return render_page(request, "core/export_list.html", context, partial="exports")


def _start(request: PageRequest) -> HttpResponse:
    kind = exports.find_export(request.POST.get("kind", ""))
    if kind is None:
        raise Http404
    params = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.POST.lists()
        if name not in OURS and values
    }
    form = request.POST.get("format", "xlsx")
    exports.start_export(request.actor, kind=kind, params=params, form=form)
    return redirect("export_list")
