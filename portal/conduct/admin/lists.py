"""Operators: reports, corrective actions and measures, to search and filter."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.conduct.models import Case, CorrectiveAction, Measure, Report
from portal.core.admin import ReadOnlyAdmin
from portal.parties.models import Party


def _to_case(case: Case, label: object) -> str:
    url = reverse("admin:conduct_case_lead", args=[case.pk])
    return format_html('<a href="{}">{}</a>', url, label)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Who reported whom; the party reported never learns it."""

    list_display = ("look", "reporter", "reporter_party", "at")
    list_display_links = None
    list_select_related = ("case__party", "case__rule", "reporter", "reporter_party")
    search_fields = ("case__party__name",)
    ordering = ("-at",)
    exclude = ("evidence", "text")  # read on the page that leads the case

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(case__party__in=mine)

    @admin.display(description=_("case of conduct"), ordering="case")
    def look(self, report: Report) -> str:
        return _to_case(report.case, f"{report.case.party} · {report.case}")


@admin.register(CorrectiveAction)
class CorrectiveActionAdmin(ReadOnlyAdmin):
    """What parties are to put right; the one that is due first."""

    list_display = ("look", "title", "status", "due_on", "handed_in_at", "is_on_time")
    list_display_links = None
    list_filter = ("status", "is_on_time")
    list_select_related = ("case__party", "case__rule")
    search_fields = ("case__party__name", "title")
    ordering = ("due_on", "asked_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CorrectiveAction]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(case__party__in=mine)

    @admin.display(description=_("party"), ordering="case__party")
    def look(self, action: CorrectiveAction) -> str:
        return _to_case(action.case, action.case.party)


@admin.register(Measure)
class MeasureAdmin(ReadOnlyAdmin):
    list_display = ("look", "kind", "begun_at", "until", "by", "ended_at")
    list_display_links = None
    list_filter = ("kind", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("case__party", "by")
    search_fields = ("case__party__name", "reason")
    ordering = ("-begun_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Measure]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(case__party__in=mine)

    @admin.display(description=_("party"), ordering="case__party")
    def look(self, measure: Measure) -> str:
        return _to_case(measure.case, measure.case.party)
