"""Operators: deciding whose a party is."""

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
from portal.parties import rules, services
from portal.parties.forms import ClaimAnswerForm
from portal.parties.models import Claim, Party


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    """Claims; the one that waits longest first."""

    list_display = ("look", "claimant", "status", "is_proved", "waiting_since", "ended_at")
    list_display_links = None
    list_filter = ("status", ("phone_proved_at", admin.EmptyFieldListFilter))
    list_select_related = ("party", "claimant")
    search_fields = ("party__name", "party__legal_name", "party__uscc", "code")
    ordering = ("waiting_since", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("party"), ordering="party")
    def look(self, claim: Claim) -> str:
        url = reverse("admin:parties_claim_decision", args=[claim.pk])
        return format_html('<a href="{}">{}</a>', url, claim.party)

    @admin.display(description=_("phone proved"), boolean=True)
    def is_proved(self, claim: Claim) -> bool:
        return claim.phone_proved_at is not None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.decision)
        return [
            path("<uuid:pk>/decision/", view, name="parties_claim_decision"),
            *super().get_urls(),
        ]

    def decision(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """One claim with its proofs, and the answer."""
        if not request.user.has_perm("parties.decide_claim"):
            raise PermissionDenied
        related = ("party__city", "claimant")
        claim = get_object_or_404(self.get_queryset(request).select_related(*related), pk=pk)
        form = ClaimAnswerForm(request.POST if request.method == "POST" else None)
        if submit(form, lambda: _answer(request, claim, form)) is not None:
            messages.success(request, _("Answered; the claimant was told."))
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": _("Claim of %(name)s") % {"name": claim.party.name},
            "claim": claim,
            "statements": claim.statements.prefetch_related("files").order_by("pk"),
            "others": claim.party.claims.exclude(pk=claim.pk).select_related("claimant"),
            "form": form,
            "verdict": rules.can_decide_claim(request.actor, claim),
            "can_accept": rules.can_accept_claim(request.actor, claim),
            "trail": trail(claim).select_related("user"),
            "opts": Claim._meta,
        }
        return TemplateResponse(request, "admin/parties/claim/decision.html", context)


def _answer(request: HttpRequest, claim: Claim, form: ClaimAnswerForm) -> object:
    text = form.cleaned_data["text"]
    if form.cleaned_data["decision"] == "accept":
        return services.accept_claim(request.actor, claim=claim)
    answer = (
        services.ask_claimant if form.cleaned_data["decision"] == "ask" else services.refuse_claim
    )
    return answer(request.actor, claim=claim, text=text)


@register_queue
def claims_to_decide(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("parties.decide_claim"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = Claim.objects.waiting().filter(party__in=mine)
    return Queue(
        title=_("Claims to decide"),
        url=reverse("admin:parties_claim_changelist") + "?status__exact=waiting",
        **waiting_since(waiting, "waiting_since"),
    )
