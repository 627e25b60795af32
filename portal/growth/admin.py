"""Rules of growth, which one person proposes and another approves; and what was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.growth import selectors, services
from portal.growth.forms import RulesForm, initial_of_rules
from portal.growth.models import Benefit, GrowthRules, LevelRung, LevelStep, LineStanding

if TYPE_CHECKING:  # Django's class is generic in its stubs only
    TabularInline = admin.TabularInline[Any, Any]
else:
    TabularInline = admin.TabularInline


class LevelRungInline(TabularInline):
    model: type[Model] = LevelRung
    extra = 0
    can_delete = False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("growth.view_growthrules")


class BenefitInline(LevelRungInline):
    model = Benefit


@admin.register(GrowthRules)
class GrowthRulesAdmin(ReadOnlyAdmin):
    list_display = (
        *("starts_on", "status", "proposed_by", "decided_by", "announced_on", "source"),
        "checked_on",
    )
    list_filter = ("status",)
    list_select_related = ("proposed_by", "decided_by")
    ordering = ("-starts_on", "-pk")
    inlines = (LevelRungInline, BenefitInline)
    change_list_template = "admin/growth/rules_list.html"
    actions = ("approve", "refuse", "confirm")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.propose)
        return [path("proposal/", view, name="growth_growthrules_propose"), *super().get_urls()]

    def propose(self, request: HttpRequest) -> HttpResponse:
        """Rules from a day on; today's are filled in."""
        if not request.user.has_perm("growth.propose_growthrules"):
            raise PermissionDenied
        held = selectors.rules_on(clock.today())
        form = RulesForm(
            request.POST if request.method == "POST" else None,
            initial=initial_of_rules(held) if held else None,
        )
        if submit(form, lambda: _propose(request, form)) is not None:
            messages.success(request, _("Proposed. It waits for a second person."))
            return redirect("admin:growth_growthrules_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Propose rules of growth"),
            "form": form,
            "opts": GrowthRules._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)

    @admin.action(description=_("Approve, as the second person"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[GrowthRules]) -> None:
        self.run(
            request, rows, lambda row: services.approve_growth_rules(request.actor, proposed=row)
        )

    @admin.action(description=_("Refuse"), permissions=["approve"])
    def refuse(self, request: HttpRequest, rows: QuerySet[GrowthRules]) -> None:
        self.run(
            request, rows, lambda row: services.refuse_growth_rules(request.actor, proposed=row)
        )

    @admin.action(description=_("Looked at its source again today"), permissions=["propose"])
    def confirm(self, request: HttpRequest, rows: QuerySet[GrowthRules]) -> None:
        self.run(request, rows, lambda row: services.confirm_growth_rules(request.actor, held=row))

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("growth.approve_growthrules")

    def has_propose_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("growth.propose_growthrules")


def _propose(request: HttpRequest, form: RulesForm) -> GrowthRules:
    return services.propose_growth_rules(request.actor, fields=form.rules_fields())


@admin.register(LineStanding)
class LineStandingAdmin(ReadOnlyAdmin):
    list_display = ("party", "line", "level", "value", "since", "changed_at")
    list_filter = ("line", "level")
    list_select_related = ("party",)
    search_fields = ("party__name",)
    ordering = ("-pk",)


@admin.register(LevelStep)
class LevelStepAdmin(ReadOnlyAdmin):
    list_display = ("party", "line", "before", "level", "value", "day", "rules")
    list_filter = ("line", "level")
    list_select_related = ("party", "rules")
    search_fields = ("party__name",)
    ordering = ("-pk",)


@register_queue
def growth_rules_to_approve(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("growth.approve_growthrules"):
        return None
    return Queue(
        title=_("Rules of growth that wait for a second person"),
        url=reverse("admin:growth_growthrules_changelist") + "?status__exact=proposed",
        **waiting_since(GrowthRules.objects.proposed(), "proposed_at"),
    )
