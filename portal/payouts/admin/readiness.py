"""Sub-accounts, trial transfers and the platform's own debts, as they are."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.payouts.models import Debt, Enrolment, PayoutRequest, TrialTransfer
from portal.payouts.selectors import untried_accounts


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    list_display = ("party", "consented_at", "sub_account", "opened_at", "opened_by")
    list_filter = (("opened_at", admin.EmptyFieldListFilter),)
    list_select_related = ("party", "opened_by")
    search_fields = ("party__name", "sub_account")
    ordering = ("consented_at",)


@admin.register(TrialTransfer)
class TrialTransferAdmin(ReadOnlyAdmin):
    list_display = ("reference", "account", "status", "tries", "sent_at", "due_at", "ended_at")
    list_filter = ("status",)
    list_select_related = ("account",)
    search_fields = ("=reference", "account__party__name")
    ordering = ("-sent_at",)


@admin.register(Debt)
class DebtAdmin(ReadOnlyAdmin):
    list_display = ("party", "text", "amount_fen", "owed_at")
    list_select_related = ("party",)
    search_fields = ("party__name", "=key")
    ordering = ("-owed_at",)


@admin.register(PayoutRequest)
class PayoutRequestAdmin(ReadOnlyAdmin):
    list_display = ("party", "amount_fen", "asked_at", "asked_by", "status", "batch", "ended_at")
    list_filter = ("status",)
    list_select_related = ("party", "asked_by", "batch")
    search_fields = ("party__name", "=batch__number")
    raw_id_fields = ("party", "batch")
    ordering = ("-asked_at",)


@register_queue
def requests_to_pay(request: HttpRequest) -> Queue | None:
    if request.user.is_anonymous or not request.user.has_perm("payouts.prepare_batch"):
        return None
    return Queue(
        title=_("Payouts asked for"),
        url=f"{reverse('batch_create')}?asked=1",
        **waiting_since(PayoutRequest.objects.waiting(), "asked_at"),
    )


@register_queue
def accounts_to_try(request: HttpRequest) -> Queue | None:
    if request.user.is_anonymous or not request.user.has_perm("payouts.check_account"):
        return None
    return Queue(
        title=_("Accounts without a trial transfer"),
        url=reverse("payee_list"),
        **waiting_since(untried_accounts(), "decided_at"),
    )


@register_queue
def sub_accounts_to_open(request: HttpRequest) -> Queue | None:
    if request.user.is_anonymous or not request.user.has_perm("payouts.check_account"):
        return None
    return Queue(
        title=_("Sub-accounts to open"),
        url=reverse("payee_list"),
        **waiting_since(Enrolment.objects.filter(sub_account=""), "consented_at"),
    )
