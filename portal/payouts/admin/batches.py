"""Payout batches for finance: approve or cancel them here as on the page, by the same services."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.payouts import services
from portal.payouts.forms import ReasonForm
from portal.payouts.models import Batch, Item
from portal.payouts.states import BatchStatus


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ("look", "route", "status", "prepared_by", "prepared_at", "approved_by")
    list_display_links = None
    list_filter = ("status", "route")
    list_select_related = ("prepared_by", "approved_by")
    search_fields = ("=number",)
    ordering = ("-prepared_at",)
    actions = ("approve", "cancel")

    @admin.display(description=_("number"), ordering="number")
    def look(self, batch: Batch) -> str:
        return format_html('<a href="{}">{}</a>', batch.get_absolute_url(), batch.number)

    @admin.action(description=_("Approve the batches"), permissions=["view"])
    def approve(self, request: HttpRequest, rows: QuerySet[Batch]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Approve the batches"),
            lambda batch: services.approve_batch(request.actor, batch=batch),
        )

    @admin.action(description=_("Cancel the batches"), permissions=["view"])
    def cancel(self, request: HttpRequest, rows: QuerySet[Batch]) -> HttpResponse | None:
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Cancel the batches"),
            lambda batch: services.cancel_batch(
                request.actor, batch=batch, reason=form.cleaned_data["reason"]
            ),
            form,
        )


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    list_display = ("key", "attempt", "batch", "party", "amount_fen", "paid_fen", "status")
    list_filter = ("status",)
    list_select_related = ("batch", "party")
    search_fields = ("=key", "=batch__number", "party__name", "=reference")
    raw_id_fields = ("batch", "party", "account", "debt")
    ordering = ("-id",)


@register_queue
def batches_to_approve(request: HttpRequest) -> Queue | None:
    if request.user.is_anonymous or not request.user.has_perm("payouts.approve_batch"):
        return None
    rows = Batch.objects.filter(status=BatchStatus.PREPARED)
    return Queue(
        title=_("Payout batches to approve"),
        url=f"{reverse('batch_list')}?status={BatchStatus.PREPARED}",
        **waiting_since(rows, "prepared_at"),
    )


@register_queue
def batches_to_send(request: HttpRequest) -> Queue | None:
    if request.user.is_anonymous or not request.user.has_perm("payouts.send_batch"):
        return None
    rows = Batch.objects.filter(status=BatchStatus.APPROVED)
    return Queue(
        title=_("Payout batches to send to the bank"),
        url=f"{reverse('batch_list')}?status={BatchStatus.APPROVED}",
        **waiting_since(rows, "approved_at"),
    )
