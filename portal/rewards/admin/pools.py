"""Budgets for operators and finance: what there is, who changed it, and each row that moved it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.payouts.forms import ReasonForm
from portal.rewards import services
from portal.rewards.models import BudgetChange, Pool, PoolEntry


@admin.register(Pool)
class PoolAdmin(ReadOnlyAdmin):
    list_display = ("programme", "unit", "budget", "reserved", "granted", "points_used")
    list_filter = ("unit",)
    list_select_related = ("programme",)
    search_fields = ("=programme__code", "programme__name_zh", "programme__name_en")
    ordering = ("-pk",)

    @admin.display(description=_("used"), ordering="used")
    def points_used(self, pool: Pool) -> int | None:
        return pool.used_points


@admin.register(PoolEntry)
class PoolEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "pool", "kind", "amount", "claim", "change", "by")
    list_filter = ("kind",)
    list_select_related = (
        *("pool__programme", "claim__task", "claim__party", "change__pool__programme", "by"),
    )
    raw_id_fields = ("pool", "claim", "change", "by")
    search_fields = ("=claim__id", "=pool__programme__code")
    ordering = ("-pk",)


@admin.register(BudgetChange)
class BudgetChangeAdmin(ReadOnlyAdmin):
    list_display = ("pool", "amount", "status", "proposed_by", "proposed_at", "decided_by")
    list_filter = ("status",)
    list_select_related = ("pool__programme", "proposed_by", "decided_by")
    search_fields = ("=pool__programme__code", "reason")
    raw_id_fields = ("pool", "proposed_by", "decided_by")
    ordering = ("-proposed_at",)
    actions = ("approve", "refuse")

    @admin.action(description=_("Approve the budgets"), permissions=["view"])
    def approve(self, request: HttpRequest, rows: QuerySet[BudgetChange]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Approve the budgets"),
            lambda change: services.approve_budget(request.actor, change=change),
        )

    @admin.action(description=_("Refuse the budgets"), permissions=["view"])
    def refuse(self, request: HttpRequest, rows: QuerySet[BudgetChange]) -> HttpResponse | None:
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Refuse the budgets"),
            lambda change: services.refuse_budget(
                request.actor, change=change, reason=form.cleaned_data["reason"]
            ),
            form,
        )
