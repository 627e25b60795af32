"""Claims and objections for operators."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.payouts.forms import ReasonForm
from portal.rewards import services
from portal.rewards.models import Claim, ClaimAppeal, ClaimSign, ClaimStep, Revocation


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StepInline(ReadOnlyInline):
    model = ClaimStep
    fields = ("step", "done", "reached_at")
    readonly_fields = fields


class SignInline(ReadOnlyInline):
    model = ClaimSign
    fields = ("code", "value", "threshold", "found_at")
    readonly_fields = fields


class RevocationInline(ReadOnlyInline):
    model = Revocation
    fields = ("reason", "consequence", "barred_until", "amount", "lost", "at", "by", "lifted_at")
    readonly_fields = fields


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ("claimed_at", "task", "party", "status", "standing", "due_at", "reason")
    list_filter = ("status", "standing")
    list_select_related = ("task", "party")
    search_fields = ("party__name", "=task__code", "task__title_zh", "task__title_en")
    raw_id_fields = ("task", "party", "claimed_by", "decided_by")
    inlines = (StepInline, SignInline, RevocationInline)
    ordering = ("-claimed_at",)
    actions = ("let_pass", "fail")

    @admin.action(description=_("Pass and reward the claims"), permissions=["view"])
    def let_pass(self, request: HttpRequest, rows: QuerySet[Claim]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Pass and reward the claims"),
            lambda claim: services.pass_claim(request.actor, claim=claim),
        )

    @admin.action(description=_("Let the claims fail"), permissions=["view"])
    def fail(self, request: HttpRequest, rows: QuerySet[Claim]) -> HttpResponse | None:
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Let the claims fail"),
            lambda claim: services.fail_claim(
                request.actor, claim=claim, reason=form.cleaned_data["reason"]
            ),
            form,
        )


@admin.register(ClaimAppeal)
class ClaimAppealAdmin(ReadOnlyAdmin):
    list_display = ("filed_at", "claim", "against", "status", "due_on", "decider")
    list_filter = ("status", "against")
    list_select_related = ("claim__task", "claim__party", "decider")
    search_fields = ("claim__party__name", "=claim__task__code")
    raw_id_fields = ("claim", "filed_by", "first", "decider")
    ordering = ("-filed_at",)
