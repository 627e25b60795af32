"""The table of stars: one person proposes, another approves."""

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
from portal.tiers import selectors, services
from portal.tiers.forms import RulesForm, initial_of_rules
from portal.tiers.models import StarBenefit, StarRuleSet, StarRung

if TYPE_CHECKING:  # Django's class is generic in its stubs only
    TabularInline = admin.TabularInline[Any, Any]
else:
    TabularInline = admin.TabularInline


class StarRungInline(TabularInline):
    model: type[Model] = StarRung
    extra = 0
    can_delete = False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("tiers.view_starruleset")


class StarBenefitInline(StarRungInline):
    model = StarBenefit


@admin.register(StarRuleSet)
class StarRuleSetAdmin(ReadOnlyAdmin):
    list_display = (
        *("starts_on", "status", "least_days", "selling_days", "within_days", "freeze_days"),
        *("proposed_by", "decided_by", "announced_on", "source", "checked_on"),
    )
    list_filter = ("status",)
    list_select_related = ("proposed_by", "decided_by")
    ordering = ("-starts_on", "-pk")
    inlines = (StarRungInline, StarBenefitInline)
    change_list_template = "admin/tiers/rules_list.html"
    actions = ("approve", "refuse", "confirm")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.propose)
        return [path("proposal/", view, name="tiers_starruleset_propose"), *super().get_urls()]

    def propose(self, request: HttpRequest) -> HttpResponse:
        """A table from a quarter on; today's is filled in."""
        if not request.user.has_perm("tiers.propose_starruleset"):
            raise PermissionDenied
        held = selectors.rules_on(clock.today())
        form = RulesForm(
            request.POST if request.method == "POST" else None,
            initial=initial_of_rules(held) if held else None,
        )
        if submit(form, lambda: _propose(request, form)) is not None:
            messages.success(request, _("Proposed. It waits for a second person."))
            return redirect("admin:tiers_starruleset_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Propose rules of stars"),
            "form": form,
            "opts": StarRuleSet._meta,
        }
        return TemplateResponse(request, "admin/form_page.html", context)

    @admin.action(description=_("Approve, as the second person"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[StarRuleSet]) -> None:
        self.run(
            request, rows, lambda row: services.approve_star_rules(request.actor, proposed=row)
        )

    @admin.action(description=_("Refuse"), permissions=["approve"])
    def refuse(self, request: HttpRequest, rows: QuerySet[StarRuleSet]) -> None:
        self.run(request, rows, lambda row: services.refuse_star_rules(request.actor, proposed=row))

    @admin.action(description=_("Looked at its source again today"), permissions=["propose"])
    def confirm(self, request: HttpRequest, rows: QuerySet[StarRuleSet]) -> None:
        self.run(request, rows, lambda row: services.confirm_star_rules(request.actor, held=row))

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tiers.approve_starruleset")

    def has_propose_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tiers.propose_starruleset")


def _propose(request: HttpRequest, form: RulesForm) -> StarRuleSet:
    return services.propose_star_rules(request.actor, fields=form.rules_fields())


@register_queue
def star_rules_to_approve(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("tiers.approve_starruleset"):
        return None
    return Queue(
        title=_("Rules of stars that wait for a second person"),
        url=reverse("admin:tiers_starruleset_changelist") + "?status__exact=proposed",
        **waiting_since(StarRuleSet.objects.proposed(), "proposed_at"),
    )
