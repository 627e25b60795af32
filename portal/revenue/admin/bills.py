"""Bills for finance: which bank row each payment is; the bank's rows as they came in."""

from __future__ import annotations

import uuid

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
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
from portal.revenue import rules, selectors, services
from portal.revenue.bill_states import BillStatus
from portal.revenue.forms import MatchForm, NoteForm
from portal.revenue.models import BankRow, Bill


@admin.register(Bill)
class BillAdmin(ReadOnlyAdmin):
    list_display = ("look", "payer", "payee", "kind", "amount_fen", "due_on", "status", "paid_on")
    list_display_links = None
    list_filter = ("status", "kind")
    list_select_related = ("payer", "payee")
    search_fields = ("payer__name", "payee__name", "code")
    ordering = ("due_on", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bill]:
        return super().get_queryset(request).in_scope_of(request.user)

    @admin.display(description=_("bill"))
    def look(self, bill: Bill) -> str:
        url = reverse("admin:revenue_bill_match", args=[bill.pk])
        return format_html('<a href="{}">{}</a>', url, bill.title)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.match)
        return [path("<uuid:pk>/match/", view, name="revenue_bill_match"), *super().get_urls()]

    def match(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """One bill with its proofs, and the bank rows of its amount."""
        if not request.user.has_perm("revenue.match_bill"):
            raise PermissionDenied
        bill = get_object_or_404(self.get_queryset(request).select_related("payer", "payee"), pk=pk)
        is_returned = "note" in request.POST
        is_sent = request.method == "POST"
        form = MatchForm(bill, request.POST if is_sent and not is_returned else None)
        back = NoteForm(request.POST if is_sent and is_returned else None)
        matched = submit(form, lambda: _match(request, bill, form))
        returned = submit(back, lambda: _return(request, bill, back))
        if matched or returned:
            messages.success(request, _("Answered; both sides were told."))
            return redirect("admin:revenue_bill_changelist")
        context = self.admin_site.each_context(request) | {
            "title": bill.title,
            "bill": bill,
            "steps": selectors.steps_of(bill),
            "form": form,
            "back": back,
            "verdict": rules.can_look_for_payment(request.actor, bill),
            "trail": trail(bill).select_related("user"),
            "opts": Bill._meta,
        }
        return TemplateResponse(request, "admin/revenue/match.html", context)


def _match(request: HttpRequest, bill: Bill, form: MatchForm) -> Bill:
    return services.match_bill(request.actor, bill=bill, row=form.cleaned_data["row"])


def _return(request: HttpRequest, bill: Bill, form: NoteForm) -> Bill:
    return services.return_proof(request.actor, bill=bill, note=form.cleaned_data["note"])


@admin.register(BankRow)
class BankRowAdmin(ReadOnlyAdmin):
    list_display = (
        *("booked_on", "account", "reference", "amount_fen", "counterparty", "memo"),
        *("imported_by", "is_matched"),
    )
    list_filter = ("account",)
    list_select_related = ("imported_by", "bill")
    search_fields = ("reference", "counterparty", "memo")
    ordering = ("-booked_on", "-pk")

    @admin.display(description=_("matched"), boolean=True)
    def is_matched(self, row: BankRow) -> bool:
        return hasattr(row, "bill")


@register_queue
def bills_to_match(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("revenue.match_bill") or request.user.is_anonymous:
        return None
    return Queue(
        title=_("Payments to find in the bank's rows"),
        url=reverse("admin:revenue_bill_changelist") + f"?status__exact={BillStatus.PROVED}",
        **waiting_since(Bill.objects.to_match().in_scope_of(request.user), "raised_at"),
    )
