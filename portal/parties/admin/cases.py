"""Operators: comparing a provider's cases with the platform's settlements."""

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
from portal.core.forms import MoneyField
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.parties import rules, services
from portal.parties.models import ClientCase, Party
from portal.parties.settlements import settlements_of


class CaseCheckForm(forms.Form):
    """What the settlements say: the amount and the statements, or why it is not confirmed."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("verify", _("Confirm")), ("refuse", _("Do not confirm"))],
        widget=forms.RadioSelect,
    )
    settled = MoneyField(label=_("Settled net GMV of this time (¥)"), required=False)
    basis = forms.CharField(
        label=_("Statements compared"),
        max_length=200,
        required=False,
        help_text=_("Numbers and months of the settlements you read."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The applicant reads this sentence."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "verify" and data.get("settled") is None:
            self.add_error("settled", _("Please fill this in."))
        return data


@admin.register(ClientCase)
class ClientCaseAdmin(ReadOnlyAdmin):
    """Cases; the one that waits longest first."""

    list_display = ("look", "party", "category", "gmv_fen", "settled_fen", "status", "asked_at")
    list_display_links = None
    list_filter = ("status", "category")
    list_select_related = ("party", "category")
    search_fields = ("title", "client", "party__name")
    ordering = ("asked_at", "created_at")
    exclude = ("evidence",)  # read on the page that checks it

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClientCase]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("case"), ordering="title")
    def look(self, case: ClientCase) -> str:
        url = reverse("admin:parties_clientcase_check", args=[case.pk])
        return format_html('<a href="{}">{}</a>', url, case)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.check_case)
        return [
            path("<uuid:pk>/check/", view, name="parties_clientcase_check"),
            *super().get_urls(),
        ]

    def check_case(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """One case with its evidence, and what the settlements say."""
        if not request.user.has_perm("parties.check_clientcase"):
            raise PermissionDenied
        mine = self.get_queryset(request).select_related("party__city", "category")
        case = get_object_or_404(mine, pk=pk)
        settled = settlements_of(case.party_id, case.starts_on, case.ends_on)
        total = sum(one.net_fen for one in settled)
        form = CaseCheckForm(
            request.POST if request.method == "POST" else None,
            initial={"settled": total} if total else None,
        )
        if submit(form, lambda: _answer(request, case, form.cleaned_data)) is not None:
            messages.success(request, _("Answered; the applicant was told."))
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": _("Check the case of %(name)s") % {"name": case.party.name},
            "case": case,
            "evidence": case.evidence.all(),
            "settled": settled,
            "settled_fen": total,
            "checks": case.checks.select_related("by").order_by("at"),
            "form": form,
            "verdict": rules.can_check_case(request.actor, case),
            "trail": trail(case).select_related("user"),
            "opts": ClientCase._meta,
        }
        return TemplateResponse(request, "admin/parties/clientcase/check.html", context)


def _answer(request: HttpRequest, case: ClientCase, data: dict[str, Any]) -> ClientCase:
    if data["decision"] == "verify":
        return services.verify_case(
            request.actor, case=case, settled_fen=data["settled"], basis=data["basis"]
        )
    return services.refuse_case_mark(request.actor, case=case, reason=data["reason"])


@register_queue
def cases_to_check(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("parties.check_clientcase"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = ClientCase.objects.checking().filter(party__in=mine)
    return Queue(
        title=_("Cases to compare with settlements"),
        url=reverse("admin:parties_clientcase_changelist") + "?status__exact=checking",
        **waiting_since(waiting, "asked_at"),
    )
