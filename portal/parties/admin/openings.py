"""Operators: the opening days of shops, those to check and those they look up themselves."""

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

from portal.core.admin import ReadOnlyAdmin
from portal.core.audit import trail
from portal.core.forms import DateField
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.parties import rules, services
from portal.parties.admin.documents import CheckForm
from portal.parties.models import OwnedAccount, Party, ShopOpening
from portal.parties.states import Platform


class LookedUpForm(forms.Form):
    """A day an operator has seen, and where."""

    opened_on = DateField(label=_("Opened on"))
    note = forms.CharField(
        label=_("Where you saw it"),
        max_length=rules.LONGEST_NOTE,
        help_text=_("For example: the licence page of the shop, looked at today."),
    )


@admin.register(ShopOpening)
class ShopOpeningAdmin(ReadOnlyAdmin):
    """Opening days that parties hand in; the one that waits longest first."""

    list_display = ("look", "party", "source", "status", "said_at", "decided_at", "decided_by")
    list_display_links = None
    list_filter = ("status", "source")
    list_select_related = ("account__party", "decided_by")
    search_fields = ("account__handle", "account__name", "account__party__name")
    ordering = ("said_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ShopOpening]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(account__party__in=mine)

    @admin.display(description=_("opening day"), ordering="opened_on")
    def look(self, opening: ShopOpening) -> str:
        url = reverse("admin:parties_shopopening_check", args=[opening.pk])
        return format_html('<a href="{}">{}</a>', url, opening)

    @admin.display(description=_("party"))
    def party(self, opening: ShopOpening) -> str:
        return str(opening.account.party)

    def get_urls(self) -> list[URLPattern]:
        check = self.admin_site.admin_view(self.check_opening)
        look_up = self.admin_site.admin_view(self.look_up)
        return [
            path("<uuid:pk>/check/", check, name="parties_shopopening_check"),
            path("of/<uuid:pk>/", look_up, name="parties_shopopening_of"),
            *super().get_urls(),
        ]

    def check_opening(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """One day with its picture, and the answer."""
        _needs_reviewer(request)
        mine = self.get_queryset(request).select_related("account__party__city", "screenshot")
        opening = get_object_or_404(mine, pk=pk)
        form = CheckForm(request.POST if request.method == "POST" else None)
        done = submit(form, lambda: _answer(request, opening, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Answered; the applicant was told."))
            return redirect("admin:index")
        verdict = rules.can_check_opening(request.actor, opening)
        context = self._context(request, opening.account, form, verdict, opening)
        return TemplateResponse(request, "admin/parties/shopopening/check.html", context)

    def look_up(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """Enter the day of a proven shop that you have looked up yourself."""
        _needs_reviewer(request)
        mine = Party.objects.in_scope_of(request.user)
        shops = OwnedAccount.objects.filter(party__in=mine, platform=Platform.SHOP)
        account = get_object_or_404(shops.select_related("party__city"), pk=pk)
        form = LookedUpForm(request.POST if request.method == "POST" else None)
        done = submit(
            form,
            lambda: services.set_opening(request.actor, account=account, **form.cleaned_data),
        )
        if done is not None:
            messages.success(request, _("Kept; the party was told."))
            return redirect("admin:parties_shopopening_changelist")
        verdict = rules.can_set_opening(request.actor, account)
        context = self._context(request, account, form, verdict)
        return TemplateResponse(request, "admin/parties/shopopening/check.html", context)

    def _context(
        self,
        request: HttpRequest,
        account: OwnedAccount,
        form: forms.Form,
        verdict: object,
        opening: ShopOpening | None = None,
    ) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {
            "title": _("Opening day of %(shop)s") % {"shop": account},
            "account": account,
            "opening": opening,
            "standing": account.openings.verified().first(),
            "form": form,
            "verdict": verdict,
            "trail": trail(opening or account).select_related("user"),
            "opts": ShopOpening._meta,
        }


def _needs_reviewer(request: HttpRequest) -> None:
    if not request.user.has_perm("parties.review_party"):
        raise PermissionDenied


def _answer(request: HttpRequest, opening: ShopOpening, data: dict[str, Any]) -> ShopOpening:
    if data["decision"] == "accept":
        return services.verify_opening(request.actor, opening=opening)
    return services.refuse_opening(request.actor, opening=opening, reason=data["reason"])


@register_queue
def openings_to_check(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("parties.review_party"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = ShopOpening.objects.to_check().filter(account__party__in=mine)
    return Queue(
        title=_("Opening days to check"),
        url=reverse("admin:parties_shopopening_changelist") + "?status__exact=said",
        **waiting_since(waiting, "said_at"),
    )
