"""Operators: cases by deadline, one case with everything said in it, and its steps."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.conduct import forms, rules, selectors, services
from portal.conduct.admin.steps import steps_of
from portal.conduct.models import Case
from portal.conduct.places import label_of
from portal.core.admin import ReadOnlyAdmin
from portal.core.audit import trail
from portal.core.web import submit
from portal.parties.models import Party


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    """Cases; the one that is due first."""

    list_display = ("look", "party", "rule", "status", "happened_on", "due_on", "gate")
    list_display_links = None
    list_filter = ("status", "rule__severity", "gate")
    list_select_related = ("party", "rule")
    search_fields = ("party__name", "rule__title_zh", "rule__title_en")
    ordering = ("due_on", "pk")
    exclude = ("evidence", "shown", "charge")  # read on the page that leads the case
    change_list_template = "admin/conduct/case/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("case of conduct"), ordering="pk")
    def look(self, case: Case) -> str:
        url = reverse("admin:conduct_case_lead", args=[case.pk])
        return format_html('<a href="{}">{}</a>', url, case.number)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/lead/", view(self.lead), name="conduct_case_lead"),
            path("of/<int:pk>/", view(self.open), name="conduct_case_open"),
            *super().get_urls(),
        ]

    def lead(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One case with what everybody said, and what can be done now."""
        if not request.user.has_perm("conduct.decide_case"):
            raise PermissionDenied
        related = ("party__city", "rule", "opened_by")
        case = get_object_or_404(self.get_queryset(request).select_related(*related), pk=pk)
        steps = steps_of(request, case)
        sent = next((step for step in steps if step.name == request.POST.get("step")), None)
        if sent is not None and submit(sent.form, sent.act) is not None:
            messages.success(request, _("Done; those concerned were told."))
            return redirect("admin:conduct_case_lead", pk=pk)
        context = self.admin_site.each_context(request) | {
            "title": case,
            "case": case,
            "place_kind": label_of(case.place_kind),
            "place": selectors.place_of(case),
            "reports": case.reports.select_related("reporter", "reporter_party").prefetch_related(
                "evidence"
            ),
            "evidence": case.evidence.alive(),
            "hearing": selectors.hearing_of(case),
            "decisions": selectors.decisions_of(case),
            "appeal": selectors.appeal_of(case),
            "tasks": selectors.tasks_of(request.actor, case),
            "measures": case.measures.order_by("-begun_at"),
            "steps": steps,
            "verdict": rules.may_lead(request.actor, case),
            "trail": trail(case).select_related("user"),
            "opts": Case._meta,
        }
        return TemplateResponse(request, "admin/conduct/case/lead.html", context)

    def open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A case without a report, about the party with this number."""
        if not request.user.has_perm("conduct.decide_case"):
            raise PermissionDenied
        mine = Party.objects.in_scope_of(request.user).select_related("city")
        party = get_object_or_404(mine, pk=pk)
        is_sent = request.method == "POST"
        form = forms.OpenForm(
            party, request.POST if is_sent else None, request.FILES if is_sent else None
        )
        case = submit(
            form,
            lambda: services.open_case(
                request.actor, party=party, fields=form.report(), evidence=form.evidence()
            ),
        )
        if case is not None:
            messages.success(request, _("Opened."))
            return redirect("admin:conduct_case_lead", pk=case.pk)
        context = self.admin_site.each_context(request) | {
            "title": _("Open a case about %(name)s") % {"name": party.name},
            "form": form,
            "verdict": rules.may_open_case(request.actor, party),
            "opts": Case._meta,
        }
        return TemplateResponse(request, "admin/conduct/case/open.html", context)
