"""Settlements for operators: they read here, and approve by the same services as the pages."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.settlement import forms, services
from portal.settlement.models import Adjustment, LineDispute, Run, Statement, StatementRow, TrueUp


class _ApprovingAdmin(ReadOnlyAdmin):
    """Actions of who checks the finances; the rule looks at who prepared."""

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("settlement.approve_run")

    def has_prepare_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("settlement.prepare_run")


@admin.register(Run)
class RunAdmin(_ApprovingAdmin):
    list_display = ("__str__", "status", "prepared_at", "prepared_by", "sent_at", "approved_by")
    list_filter = ("status", "kind")
    list_select_related = ("prepared_by", "approved_by")
    date_hierarchy = "month"
    ordering = ("-prepared_at",)
    actions = ("stop", "resume", "send", "approve")

    @admin.action(description=_("Stop"), permissions=["prepare"])
    def stop(self, request: HttpRequest, rows: QuerySet[Run]) -> None:
        self.run(request, rows, lambda run: services.stop_run(request.actor, run=run))

    @admin.action(description=_("Go on"), permissions=["prepare"])
    def resume(self, request: HttpRequest, rows: QuerySet[Run]) -> None:
        self.run(request, rows, lambda run: services.resume_run(request.actor, run=run))

    @admin.action(description=_("Send the statements"), permissions=["prepare"])
    def send(self, request: HttpRequest, rows: QuerySet[Run]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Send the statements"),
            lambda run: services.start_sending(request.actor, run=run),
        )

    @admin.action(description=_("Approve what is agreed"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[Run]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Approve what is agreed"),
            lambda run: services.start_approving(request.actor, run=run),
        )


class StatementRowInline(admin.TabularInline):
    model = StatementRow
    fields = ("source", "part", "lines", "turnover", "earned", "refunded", "held", "amount")
    readonly_fields = fields
    ordering = ("id",)
    extra = 0
    can_delete = False

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Statement)
class StatementAdmin(_ApprovingAdmin):
    list_display = ("number", "party", "total", "released", "carried_out", "due_at", "status")
    list_filter = ("status", ("negative_since", admin.EmptyFieldListFilter))
    list_select_related = ("party",)
    search_fields = ("=number", "party__name")
    raw_id_fields = ("previous",)
    ordering = ("-id",)
    inlines = (StatementRowInline,)
    actions = ("approve",)

    @admin.action(description=_("Approve"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[Statement]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Approve"),
            lambda one: services.approve_statement(request.actor, statement=one),
        )


@admin.register(TrueUp)
class TrueUpAdmin(ReadOnlyAdmin):
    list_display = ("version", "code", "posted_in", "corrects", "net_fen", "amount_fen", "run")
    list_select_related = ("version__agreement__payer", "version__agreement__payee", "run")
    raw_id_fields = ("journal", "version")
    ordering = ("-id",)


@admin.register(LineDispute)
class LineDisputeAdmin(ReadOnlyAdmin):
    list_display = ("statement", "reason", "raised_at", "status", "decided_by", "returned_bp")
    list_filter = ("status",)
    list_select_related = ("statement", "decided_by")
    search_fields = ("=statement__number", "reason")
    ordering = ("-raised_at",)
    actions = ("decide",)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("settlement.decide_linedispute")

    @admin.action(description=_("Decide"), permissions=["decide"])
    def decide(self, request: HttpRequest, rows: QuerySet[LineDispute]) -> HttpResponse | None:
        form = forms.DecisionForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Decide"),
            lambda one: services.decide_dispute(request.actor, dispute=one, decision=form.decision),
            form,
        )


@admin.register(Adjustment)
class AdjustmentAdmin(ReadOnlyAdmin):
    list_display = (
        *("party", "counter_party", "amount_fen", "effective_on", "reason", "status"),
        *("prepared_by", "decided_by"),
    )
    list_filter = ("status",)
    list_select_related = ("party", "counter_party", "prepared_by", "decided_by")
    search_fields = ("party__name", "reason")
    raw_id_fields = ("journal", "corrects", "statement")
    ordering = ("-prepared_at",)
    actions = ("approve", "decline")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("settlement.approve_adjustment")

    @admin.action(description=_("Approve and post"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[Adjustment]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Approve and post"),
            lambda one: services.approve_adjustment(request.actor, adjustment=one),
        )

    @admin.action(description=_("Decline"), permissions=["approve"])
    def decline(self, request: HttpRequest, rows: QuerySet[Adjustment]) -> HttpResponse | None:
        form = forms.ReasonForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Decline"),
            lambda one: services.decline_adjustment(
                request.actor, adjustment=one, why=form.cleaned_data["why"]
            ),
            form,
        )


@register_queue
def settlements_to_approve(request: HttpRequest) -> Queue | None:
    if request.user.is_anonymous or not request.user.has_perm("settlement.approve_run"):
        return None
    return Queue(
        title=_("Statements to approve"),
        url=reverse("statement_register") + "?status=agreed",
        **waiting_since(Statement.objects.approvable(), "agreed_at"),
    )


@register_queue
def adjustments_to_approve(request: HttpRequest) -> Queue | None:
    if request.user.is_anonymous or not request.user.has_perm("settlement.approve_adjustment"):
        return None
    return Queue(
        title=_("Corrections to approve"),
        url=reverse("adjustment_list") + "?status=proposed",
        **waiting_since(Adjustment.objects.proposed(), "prepared_at"),
    )


@register_queue
def line_disputes_to_decide(request: HttpRequest) -> Queue | None:
    if request.user.is_anonymous or not request.user.has_perm("settlement.decide_linedispute"):
        return None
    return Queue(
        title=_("Disputes about lines of statements"),
        url=reverse("line_dispute_register") + "?status=open",
        **waiting_since(LineDispute.objects.open(), "raised_at"),
    )
