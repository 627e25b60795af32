"""Operators: starting snapshots, publishing what another has started, replacing what was wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.audit import trail
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.evaluation import rules, services
from portal.evaluation.forms import SnapshotForm, WhyForm
from portal.evaluation.models import Snapshot
from portal.evaluation.states import SnapshotKind, SnapshotStatus

READY = {"kind": SnapshotKind.OFFICIAL, "status": SnapshotStatus.READY}


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """All of them, with how far those are that are being computed."""

    list_display = ("look", "kind", "ends_on", "status", "progress", "facts_count", "published_at")
    list_display_links = None
    list_filter = ("status", "kind", "method__code")
    list_select_related = ("method", "job")
    search_fields = ("period",)
    ordering = ("-pk",)
    change_list_template = "admin/evaluation/snapshot/list.html"

    @admin.display(description=_("snapshot"), ordering="period")
    def look(self, snapshot: Snapshot) -> str:
        url = reverse("admin:evaluation_snapshot_steps", args=[snapshot.pk])
        return format_html('<a href="{}">{}</a>', url, snapshot)

    @admin.display(description=_("progress"))
    def progress(self, snapshot: Snapshot) -> str:
        return f"{snapshot.job.percent}%" if snapshot.job else ""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("start/", view(self.start), name="evaluation_snapshot_start"),
            path("<int:pk>/steps/", view(self.steps), name="evaluation_snapshot_steps"),
            *super().get_urls(),
        ]

    def start(self, request: HttpRequest) -> HttpResponse:
        rules.can_make_snapshots(request.actor).require()
        form = SnapshotForm(request.POST if request.method == "POST" else None)
        started = submit(form, lambda: _start(request, form.cleaned_data))
        if started is not None:
            messages.success(request, _("Started; the work goes on in the background."))
            return redirect(started)
        context = self.admin_site.each_context(request) | {
            "title": _("Start a snapshot"),
            "form": form,
            "opts": Snapshot._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)

    def steps(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One snapshot, and what becomes of it."""
        rules.can_make_snapshots(request.actor).require()
        rows = Snapshot.objects.select_related("method", "job")
        snapshot = get_object_or_404(rows, pk=pk)
        step = request.POST.get("step", "")
        form = WhyForm(request.POST if step == "replace" else None)
        if step in STEPS and (step != "replace" or form.is_valid()):
            why = form.cleaned_data["why"] if step == "replace" else ""
            self.run(
                request, Snapshot.objects.filter(pk=pk), lambda row: STEPS[step](request, row, why)
            )
            return redirect("admin:evaluation_snapshot_steps", pk=pk)
        context = self.admin_site.each_context(request) | {
            "title": snapshot,
            "snapshot": snapshot,
            "form": form,
            "may_publish": rules.can_publish_snapshot(request.actor, snapshot),
            "may_retry": rules.can_retry_snapshot(request.actor, snapshot),
            "may_replace": rules.can_replace_snapshot(request.actor, snapshot),
            "trail": trail(snapshot).select_related("user"),
            "opts": Snapshot._meta,
        }
        return TemplateResponse(request, "admin/evaluation/snapshot/steps.html", context)


def _start(request: HttpRequest, data: dict[str, Any]) -> Snapshot:
    kind = SnapshotKind(data.pop("kind"))
    return services.start_snapshot(request.actor, kind=kind, **data)


def _publish(request: HttpRequest, snapshot: Snapshot, why: str) -> Snapshot:
    return services.publish_snapshot(request.actor, snapshot=snapshot)


def _retry(request: HttpRequest, snapshot: Snapshot, why: str) -> Snapshot:
    return services.retry_snapshot(request.actor, snapshot=snapshot)


def _replace(request: HttpRequest, snapshot: Snapshot, why: str) -> Snapshot:
    return services.replace_snapshot(request.actor, snapshot=snapshot, why=why)


STEPS = {"publish": _publish, "retry": _retry, "replace": _replace}


@register_queue
def ready_snapshots(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("evaluation.make_snapshot"):
        return None
    return Queue(
        title=_("Official ratings to be published"),
        url=reverse("admin:evaluation_snapshot_changelist")
        + "?status__exact=ready&kind__exact=official",
        **waiting_since(Snapshot.objects.filter(**READY), "computed_at"),
    )
