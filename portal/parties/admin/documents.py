"""Operators: documents to check, and the rules of what is asked for."""

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
from portal.parties.models import Document, DocumentKind, DocumentRule, Party, PermitRule


class CheckForm(forms.Form):
    """The answer to one document."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept")), ("return", _("Return"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The applicant reads this sentence."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "return" and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Say why; the applicant reads this sentence."))
        return data


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Documents; the one that waits longest first."""

    list_display = ("look", "party", "status", "expires_on", "uploaded_at", "decided_at")
    list_display_links = None
    list_filter = ("status", "kind", "party__kind")
    list_select_related = ("kind", "party")
    search_fields = ("party__name", "party__legal_name", "number")
    ordering = ("uploaded_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("document"), ordering="kind")
    def look(self, document: Document) -> str:
        url = reverse("admin:parties_document_check", args=[document.pk])
        return format_html('<a href="{}">{}</a>', url, document)

    def get_urls(self) -> list[URLPattern]:
        check = self.admin_site.admin_view(self.check_document)
        return [
            path("<uuid:pk>/check/", check, name="parties_document_check"),
            *super().get_urls(),
        ]

    def check_document(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """One document beside what the party says, and the answer."""
        if not request.user.has_perm("parties.review_party"):
            raise PermissionDenied
        mine = self.get_queryset(request).select_related("party__city", "kind", "file")
        document = get_object_or_404(mine, pk=pk)
        form = CheckForm(request.POST if request.method == "POST" else None)
        done = submit(form, lambda: self._answer(request, document, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Answered."))
            if document.party.waiting_since is not None:
                return redirect("admin:parties_party_review", pk=document.party_id)
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": _("Check %(document)s of %(party)s")
            % {"document": document, "party": document.party},
            "document": document,
            "party": document.party,
            "form": form,
            "verdict": rules.can_check_document(request.actor, document),
            "trail": trail(document).select_related("user"),
            "opts": Document._meta,
        }
        return TemplateResponse(request, "admin/parties/document/check.html", context)

    def _answer(self, request: HttpRequest, document: Document, data: dict[str, Any]) -> Document:
        if data["decision"] == "accept":
            return services.accept_document(request.actor, document=document)
        return services.return_document(request.actor, document=document, reason=data["reason"])


@register_queue
def documents_to_check(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("parties.review_party"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = Document.objects.awaiting_check().filter(party__in=mine)
    return Queue(
        title=_("Documents to check"),
        url=reverse("admin:parties_document_changelist") + "?status__exact=uploaded",
        **waiting_since(waiting, "uploaded_at"),
    )


@admin.register(DocumentKind)
class DocumentKindAdmin(ReferenceAdmin):
    list_display = ("position", "code", "name_zh", "name_en", "family", "must_expire")
    list_display_links = ("code",)
    list_filter = ("family",)


@admin.register(DocumentRule)
class DocumentRuleAdmin(ReferenceAdmin):
    list_display = ("document", "party_kind", "applies", "level", "choice", "starts_on")
    list_filter = ("party_kind", "level")
    list_select_related = ("document",)


@admin.register(PermitRule)
class PermitRuleAdmin(ReferenceAdmin):
    list_display = ("category", "party_kind", "document", "level", "choice", "starts_on")
    list_filter = ("party_kind", "level", "category")
    list_select_related = ("document", "category")
