"""Operators: rosters to read, contested departures to decide."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
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
from portal.parties import rules, services
from portal.parties.forms import DecisionForm
from portal.parties.models import Departure, RosterEntry


@admin.register(RosterEntry)
class RosterEntryAdmin(ReadOnlyAdmin):
    list_display = ("agency", "creator", "status", "period", "invited_at", "answered_at")
    list_filter = ("status",)
    list_select_related = ("agency", "creator")
    search_fields = ("agency__name", "creator__name")
    ordering = ("-pk",)
    exclude = ("name", "account", "phone", "key")  # what an agency wrote down of people


@admin.register(Departure)
class DepartureAdmin(ReadOnlyAdmin):
    """Wishes to leave early; the contested one that is due first stands first."""

    list_display = ("link", "asked_by", "status", "last_day", "asked_at", "decide_by")
    list_display_links = None
    list_filter = ("status",)
    list_select_related = ("entry__agency", "entry__creator", "asked_by")
    ordering = ("decide_by", "-pk")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("parties.decide_departure")

    @admin.display(description=_("departure"))
    def link(self, departure: Departure) -> str:
        is_contested = departure.status == "contested"
        page = "decision" if is_contested else "change"
        url = reverse(f"admin:parties_departure_{page}", args=[departure.pk])
        entry = departure.entry
        return format_html('<a href="{}">{} – {}</a>', url, entry.agency, entry.title)

    def get_urls(self) -> list[URLPattern]:
        decision = self.admin_site.admin_view(self.decision)
        return [
            path("<int:pk>/decision/", decision, name="parties_departure_decision"),
            *super().get_urls(),
        ]

    def decision(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One contested departure with what both sides say, and the decision."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        both = Departure.objects.select_related("entry__agency", "entry__creator", "asked_by")
        departure = get_object_or_404(both, pk=pk)
        form = DecisionForm(request.POST if request.method == "POST" else None)
        done = submit(
            form,
            lambda: services.decide_departure(
                request.actor,
                departure=departure,
                last_day=form.decided_last_day,
                reasons=form.cleaned_data["reasons"],
            ),
        )
        if done is not None:
            messages.success(request, _("Decided; both sides were told."))
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": _("Decide a departure"),
            "departure": departure,
            "entry": departure.entry,
            "statements": departure.statements.select_related("party")
            .prefetch_related("files")
            .order_by("pk"),
            "form": form,
            "verdict": rules.can_decide_departure(request.actor, departure),
            "trail": trail(departure.entry).select_related("user"),
            "opts": Departure._meta,
        }
        return TemplateResponse(request, "admin/parties/departure/decision.html", context)


@register_queue
def contested_departures(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("parties.decide_departure"):
        return None
    contested = Departure.objects.contested()
    return Queue(
        title=_("Contested departures"),
        url=reverse("admin:parties_departure_changelist") + "?status__exact=contested",
        **waiting_since(contested, "contested_at", due="decide_by"),
    )
