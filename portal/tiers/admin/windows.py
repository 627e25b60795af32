"""Operators open the windows in which agencies apply."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue
from portal.core.web import submit
from portal.tiers import rules, services
from portal.tiers.forms import WindowForm, initial_of_window
from portal.tiers.models import StarReview, StarWindow
from portal.tiers.states import ReviewStatus


@admin.register(StarWindow)
class StarWindowAdmin(ReadOnlyAdmin):
    list_display = ("look", "opens_on", "closes_on", "announces_on", "effective_on", "created_by")
    list_display_links = None
    list_select_related = ("created_by",)
    ordering = ("-year", "-quarter")
    change_list_template = "admin/tiers/window_list.html"

    @admin.display(description=_("quarter"), ordering="year")
    def look(self, window: StarWindow) -> str:
        url = reverse("admin:tiers_starwindow_edit", args=[window.pk])
        return format_html('<a href="{}">{}</a>', url, window)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.write)
        return [
            path("write/", view, name="tiers_starwindow_write"),
            path("<int:pk>/write/", view, name="tiers_starwindow_edit"),
            *super().get_urls(),
        ]

    def write(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """A new window, or one that has not opened yet."""
        rules.can_manage_windows(request.actor).require()
        window = get_object_or_404(StarWindow, pk=pk) if pk else None
        if window is not None and request.method == "POST":
            rules.can_change_window(request.actor, window).require()
        form = WindowForm(
            request.POST if request.method == "POST" else None,
            initial=initial_of_window(window) if window else None,
        )
        if submit(form, lambda: _save(request, window, form)) is not None:
            messages.success(request, _("Saved."))
            return redirect("admin:tiers_starwindow_changelist")
        context = self.admin_site.each_context(request) | {
            "title": window or _("Open a window"),
            "form": form,
            "opts": StarWindow._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)


@register_queue
def quarters_without_window(request: HttpRequest) -> Queue | None:
    """Nobody can apply for them, and nothing is ever announced."""
    if not request.user.has_perm("tiers.manage_starwindow"):
        return None
    frozen = StarReview.objects.filter(status=ReviewStatus.COMPUTED, window=None).order_by()
    quarters = list(frozen.values("year", "quarter").annotate(since=Min("computed_at")))
    return Queue(
        title=_("Quarters that are frozen and have no window"),
        url=reverse("admin:tiers_starwindow_write"),
        count=len(quarters),
        oldest=min((one["since"] for one in quarters), default=None),
    )


def _save(request: HttpRequest, window: StarWindow | None, form: WindowForm) -> StarWindow:
    fields = form.window_fields()
    if window is None:
        return services.open_star_window(request.actor, fields=fields)
    return services.update_star_window(request.actor, window=window, fields=fields)
