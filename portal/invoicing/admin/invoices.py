"""Invoices to the platform, for its finance people; the same decisions as on their pages."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.invoicing import services
from portal.invoicing.forms import DecisionForm
from portal.invoicing.models import AgedBalance, Invoice, InvoiceDue


@admin.register(InvoiceDue)
class InvoiceDueAdmin(ReadOnlyAdmin):
    list_display = ("title", "issuer", "recipient", "amount_fen", "net", "due_on", "status", "look")
    list_filter = ("status",)
    list_select_related = ("issuer", "recipient")
    search_fields = ("title", "issuer__name")
    ordering = ("-due_on", "-pk")

    @admin.display(description=_("invoiced (fen)"))
    def net(self, due: InvoiceDue) -> int:
        return due.net_fen

    @admin.display(description=_("page"))
    def look(self, due: InvoiceDue) -> str:
        if due.recipient_id is not None:
            return ""
        return format_html('<a href="{}">{}</a>', due.get_absolute_url(), _("Look"))


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    """Those that came; the ones that do not fit are accepted or returned here, too."""

    list_display = (
        *("number", "seller_name", "buyer_name", "inclusive_fen", "tax_fen", "issued_on"),
        *("reverses", "status", "received_at"),
    )
    list_filter = ("status", "is_special")
    search_fields = ("=number", "seller_name")
    exclude = ("file",)
    raw_id_fields = ("due",)
    ordering = ("-received_at", "-pk")
    actions = ("accept", "send_back")

    @admin.action(description=_("Accept in spite of differences"), permissions=["judge"])
    def accept(self, request: HttpRequest, rows: QuerySet[Invoice]) -> HttpResponse | None:
        return self._ask(request, rows, services.accept_invoice, _("Accept the invoice"))

    @admin.action(description=_("Return to the issuer"), permissions=["judge"])
    def send_back(self, request: HttpRequest, rows: QuerySet[Invoice]) -> HttpResponse | None:
        return self._ask(request, rows, services.return_invoice, _("Return the invoice"))

    def has_judge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("invoicing.judge_invoice")

    def _ask(
        self,
        request: HttpRequest,
        rows: QuerySet[Invoice],
        service: Callable[..., Invoice],
        title: str | Promise,
    ) -> HttpResponse | None:
        form = DecisionForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows.select_related("due__issuer"),
            title,
            lambda row: service(request.actor, invoice=row, note=form.cleaned_data["note"]),
            form,
        )


@admin.register(AgedBalance)
class AgedBalanceAdmin(ReadOnlyAdmin):
    list_display = ("party", "amount_fen", "since", "day", "counted_at")
    list_select_related = ("party",)
    search_fields = ("party__name",)
    ordering = ("amount_fen", "pk")


@register_queue
def invoices_to_judge(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("invoicing.judge_invoice"):
        return None
    return Queue(
        title=_("Invoices to the platform that do not fit"),
        url=reverse("admin:invoicing_invoice_changelist") + "?status__exact=received",
        **waiting_since(Invoice.objects.to_judge(), "received_at"),
    )
