"""Operators: checking proofs of accounts, and standing in where a party has no second person."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.core.audit import trail
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.parties import rules, services
from portal.parties.admin.documents import CheckForm
from portal.parties.models import AccountTerm, OwnedAccount, Party, PayoutAccount, PayoutChange


@admin.register(AccountTerm)
class AccountTermAdmin(ReferenceAdmin):
    list_display = ("starts_on", "code_days", "proof_days", "hold_hours")


@admin.register(OwnedAccount)
class OwnedAccountAdmin(ReadOnlyAdmin):
    """Accounts and shops that parties name; the one that waits longest first."""

    list_display = ("look", "party", "method", "status", "placed_at", "lasts_until")
    list_display_links = None
    list_filter = ("status", "platform", "method")
    list_select_related = ("party",)
    search_fields = ("handle", "name", "party__name")
    ordering = ("placed_at", "claimed_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OwnedAccount]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("account or shop"), ordering="handle")
    def look(self, account: OwnedAccount) -> str:
        url = reverse("admin:parties_ownedaccount_check", args=[account.pk])
        return format_html('<a href="{}">{}</a>', url, account)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.check_account)
        return [
            path("<uuid:pk>/check/", view, name="parties_ownedaccount_check"),
            *super().get_urls(),
        ]

    def check_account(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """One claim with its code or picture, and the answer."""
        if not request.user.has_perm("parties.review_party"):
            raise PermissionDenied
        mine = self.get_queryset(request).select_related("party__city", "screenshot")
        account = get_object_or_404(mine, pk=pk)
        form = CheckForm(request.POST if request.method == "POST" else None)
        done = submit(form, lambda: _answer_account(request, account, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Answered; the applicant was told."))
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": _("Check %(account)s of %(party)s")
            % {"account": account, "party": account.party},
            "account": account,
            "form": form,
            "verdict": rules.can_check_account(request.actor, account),
            "opened": account.openings.verified().first(),
            "trail": trail(account).select_related("user"),
            "opts": OwnedAccount._meta,
        }
        return TemplateResponse(request, "admin/parties/ownedaccount/check.html", context)


def _answer_account(
    request: HttpRequest, account: OwnedAccount, data: dict[str, Any]
) -> OwnedAccount:
    if data["decision"] == "accept":
        return services.prove_account(request.actor, account=account)
    return services.refuse_account(request.actor, account=account, reason=data["reason"])


@register_queue
def accounts_to_check(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("parties.review_party"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = OwnedAccount.objects.to_check().filter(party__in=mine)
    return Queue(
        title=_("Accounts and shops to check"),
        url=reverse("admin:parties_ownedaccount_changelist") + "?status__exact=placed",
        **waiting_since(waiting, "placed_at"),
    )


class PayoutCheckForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("confirm", _("Confirm")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("The applicant reads this sentence."),
    )


@admin.register(PayoutAccount)
class PayoutAccountAdmin(ReadOnlyAdmin):
    """Where parties are paid, masked. The parties confirm themselves; who has nobody else is
    answered here."""

    list_display = ("look", "party", "status", "entered_at", "held_until")
    list_display_links = None
    list_filter = ("status",)
    list_select_related = ("party",)
    search_fields = ("party__name", "last4")
    ordering = ("-entered_at",)
    exclude = ("number_sealed", "number_print")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PayoutAccount]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("payout account"), ordering="bank")
    def look(self, account: PayoutAccount) -> str:
        url = reverse("admin:parties_payoutaccount_check", args=[account.pk])
        return format_html('<a href="{}">{}</a>', url, account)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.check_account)
        return [
            path("<uuid:pk>/check/", view, name="parties_payoutaccount_check"),
            *super().get_urls(),
        ]

    def check_account(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        if not request.user.has_perm("parties.confirm_payout"):
            raise PermissionDenied
        mine = self.get_queryset(request).select_related("party__city", "entered_by")
        account = get_object_or_404(mine, pk=pk)
        form = PayoutCheckForm(request.POST if request.method == "POST" else None)
        done = submit(form, lambda: _answer_payout(request, account, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Answered; the applicant was told."))
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": _("Account %(account)s of %(party)s")
            % {"account": account, "party": account.party},
            "account": account,
            "form": form,
            "verdict": rules.can_confirm_payout(request.actor, account),
            "trail": trail(account).select_related("user"),
            "opts": PayoutAccount._meta,
        }
        return TemplateResponse(request, "admin/parties/payoutaccount/check.html", context)


def _answer_payout(
    request: HttpRequest, account: PayoutAccount, data: dict[str, Any]
) -> PayoutAccount:
    if data["decision"] == "confirm":
        return services.confirm_payout(request.actor, account=account)
    return services.refuse_payout(request.actor, account=account, reason=data["reason"])


@admin.register(PayoutChange)
class PayoutChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "account", "status", "by")
    list_filter = ("status",)
    list_select_related = ("account", "by")
    ordering = ("-pk",)


@register_queue
def payouts_to_confirm(request: HttpRequest) -> Queue | None:
    """Only those that nobody of the party can confirm."""
    if not request.user.has_perm("parties.confirm_payout"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = PayoutAccount.objects.waiting().standing_alone().filter(party__in=mine)
    return Queue(
        title=_("Payout accounts to confirm"),
        url=reverse("admin:parties_payoutaccount_changelist") + "?status__exact=entered",
        **waiting_since(waiting, "entered_at"),
    )
