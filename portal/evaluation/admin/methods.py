"""Operators: writing methods, announcing them, taking them back."""

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
from portal.core.web import submit
from portal.evaluation import rules, selectors, services
from portal.evaluation.documents import CODES, MethodFields
from portal.evaluation.forms import (
    AnnouncementForm,
    MethodForm,
    MethodTrialForm,
    WhyForm,
    initial_of_method,
    initial_of_next,
)
from portal.evaluation.models import Method
from portal.evaluation.starting import starting_method
from portal.evaluation.states import SnapshotKind

STEPS = {"try": MethodTrialForm, "announce": AnnouncementForm, "withdraw": WhyForm}


@admin.register(Method)
class MethodAdmin(ReadOnlyAdmin):
    """All versions; what was announced is read, drafts are written here."""

    list_display = ("look", "status", "announced_at", "comes_into_force_at", "retired_at")
    list_display_links = None
    list_filter = ("code", "status")
    search_fields = ("version",)
    ordering = ("code", "-created_at")
    change_list_template = "admin/evaluation/method/list.html"

    @admin.display(description=_("method"), ordering="version")
    def look(self, method: Method) -> str:
        url = reverse("admin:evaluation_method_steps", args=[method.pk])
        return format_html('<a href="{}">{}</a>', url, method)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("next/<slug:code>/", view(self.write_next), name="evaluation_method_next"),
            path("<int:pk>/write/", view(self.write), name="evaluation_method_write"),
            path("<int:pk>/steps/", view(self.steps), name="evaluation_method_steps"),
            *super().get_urls(),
        ]

    def write_next(self, request: HttpRequest, code: str) -> HttpResponse:
        """A draft that starts from the newest version, or from the one that comes with us."""
        rules.can_write_methods(request.actor).require()
        newest = Method.objects.filter(code=code).order_by("-created_at").first()
        if newest is None and code not in CODES:
            return redirect("admin:evaluation_method_changelist")
        start = MethodFields(newest.document, newest.gathering) if newest else starting_method(code)
        form = MethodForm(
            request.POST if request.method == "POST" else None, initial=initial_of_next(start)
        )
        saved = submit(
            form, lambda: services.draft_method(request.actor, fields=form.method_fields())
        )
        return self._written(request, form, saved, _("New draft"))

    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A draft once more."""
        method = get_object_or_404(Method, pk=pk)
        rules.can_edit_method(request.actor, method).require()
        form = MethodForm(
            request.POST if request.method == "POST" else None, initial=initial_of_method(method)
        )
        saved = submit(
            form,
            lambda: services.edit_method(request.actor, method=method, fields=form.method_fields()),
        )
        return self._written(request, form, saved, method)

    def steps(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One version: what it changes, whom it would move, and what becomes of it."""
        rules.can_write_methods(request.actor).require()
        method = get_object_or_404(Method, pk=pk)
        step = request.POST.get("step", "")
        forms = {name: self._step_form(request, name, step) for name in STEPS}
        if request.method == "POST" and step in forms:
            form = forms[step]
            if submit(form, lambda: _take(request, method, step, form.cleaned_data)) is not None:
                messages.success(request, _("Done."))
                return redirect("admin:evaluation_method_steps", pk=pk)
        previous = selectors.version_before(method)
        context = self.admin_site.each_context(request) | {
            "title": method,
            "method": method,
            "previous": previous,
            "changes": selectors.differences_between(previous, method) if previous else [],
            "forms": forms,
            "trials": method.snapshots.filter(kind=SnapshotKind.TRIAL).order_by("-pk"),
            "may_try": rules.can_make_snapshots(request.actor),
            "may_edit": rules.can_edit_method(request.actor, method),
            "may_announce": rules.can_announce_method(request.actor, method),
            "may_withdraw": rules.can_withdraw_method(request.actor, method),
            "trail": trail(method).select_related("user"),
            "opts": Method._meta,
        }
        return TemplateResponse(request, "admin/evaluation/method/steps.html", context)

    def _step_form(self, request: HttpRequest, name: str, step: str) -> Any:
        is_taken = request.method == "POST" and name == step
        return STEPS[name](request.POST if is_taken else None, prefix=name)

    def _written(
        self, request: HttpRequest, form: MethodForm, saved: Method | None, title: Any
    ) -> HttpResponse:
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect("admin:evaluation_method_steps", pk=saved.pk)
        context = self.admin_site.each_context(request) | {
            "title": title,
            "form": form,
            "opts": Method._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)


def _take(request: HttpRequest, method: Method, step: str, data: dict[str, Any]) -> object:
    if step == "try":
        return services.try_method(request.actor, method=method, **data)
    if step == "announce":
        return services.announce_method(request.actor, method=method, **data)
    return services.withdraw_method(request.actor, method=method, **data)
