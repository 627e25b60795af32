"""Snapshots: what was computed when and by what, for everybody; how it went, for operators."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page
from portal.evaluation import rules, selectors
from portal.evaluation.documents import CODES, PROVIDER
from portal.evaluation.models import Snapshot
from portal.evaluation.states import COMPUTED, SnapshotStatus

TONES = {
    SnapshotStatus.COMPUTING: "info",
    SnapshotStatus.READY: "warn",
    SnapshotStatus.PUBLISHED: "ok",
    SnapshotStatus.FAILED: "bad",
}


@require_safe
def snapshot_list(request: PageRequest) -> HttpResponse:
    """All that count, the newest first; operators also see what is being made."""
    seen = Snapshot.objects.visible_to(request.actor).select_related("method", "job")
    page = keyset_page(seen, request.GET.get("cursor", ""))
    context = {
        "page": page,
        "rows": [(row, TONES.get(SnapshotStatus(row.status), "")) for row in page.rows],
        "is_operator": bool(rules.can_make_snapshots(request.actor)),
        "may_see_coverage": bool(rules.can_see_evidence(request.actor)),
    }
    return render_page(request, "evaluation/snapshot_list.html", context)


@require_safe
def snapshot_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One snapshot with its segments. Operators see how it goes, the coverage of each indicator
    and how much the order rests on the weights; of a trial, whom it moves."""
    seen = Snapshot.objects.visible_to(request.actor)
    snapshot = get_object_or_404(seen.select_related("method", "job", "replaces"), pk=pk)
    is_operator = bool(rules.can_make_snapshots(request.actor))
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "tone": TONES.get(SnapshotStatus(snapshot.status), ""),
        "is_operator": is_operator,
        "is_running": snapshot.status == SnapshotStatus.COMPUTING,
    }
    if snapshot.status in COMPUTED:
        context |= _computed(snapshot, is_operator)
    return render_page(request, "evaluation/snapshot_detail.html", context, partial="progress")


@login_required
@require_safe
def evidence_detail(request: PageRequest) -> HttpResponse:
    """Of how many parties each indicator of the method in force has data, and where it comes from;
    `?code=agency` for agencies, `?segment=` for one segment."""
    rules.can_see_evidence(request.actor).require()
    code = request.GET.get("code", PROVIDER)
    if code not in CODES:
        raise Http404
    method = selectors.shown_method(code)
    segment = request.GET.get("segment", "")
    context = {
        "code": code,
        "codes": list(selectors.CODE_NAMES.items()),
        "method": method,
        "report": selectors.evidence_report(method, segment) if method else None,
    }
    return render_page(request, "evaluation/evidence_detail.html", context)


def _computed(snapshot: Snapshot, is_operator: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "counts": selectors.count_rated(snapshot),
        "segments": selectors.segments_of(snapshot),
    }
    if is_operator:
        told["coverage"] = selectors.coverage_of(snapshot)
        told["sensitivity"] = selectors.sensitivity_of(snapshot)
    if (base := selectors.base_of(snapshot)) is not None:
        told["base"] = base
        told["impact"] = selectors.impact_of(base, snapshot)
        told["movers"] = selectors.biggest_movers(base, snapshot) if is_operator else []
    return told
