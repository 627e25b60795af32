"""Operators write documents here and publish them; how many agreed stands beside each version."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.web import submit
from portal.policies import services
from portal.policies.forms import DraftForm
from portal.policies.models import Draft, Version
from portal.policies.states import DocumentKind


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = (
        *("kind", "number", "announced_at", "effective_from", "standing", "withdrawn"),
        "next_version",
    )
    list_display_links = ("number",)
    list_filter = ("kind",)
    ordering = ("kind", "-number")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                given=Count("consents"),
                back=Count("consents", Q(consents__withdrawal__isnull=False)),
            )
        )

    @admin.display(description=_("Agreed"))
    def standing(self, version: Any) -> int:
        return int(version.given - version.back)

    @admin.display(description=_("Withdrawn"))
    def withdrawn(self, version: Any) -> int:
        return int(version.back)

    @admin.display(description=_("Next version"))
    def next_version(self, version: Version) -> str:
        url = reverse("admin:policies_version_draft", args=[version.kind])
        return format_html('<a href="{}">{}</a>', url, _("Write"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.draft)
        return [
            path("<slug:kind>/draft/", view, name="policies_version_draft"),
            *super().get_urls(),
        ]

    def draft(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The next version of a document: kept as a draft, or published with its day."""
        if not request.user.has_perm("policies.publish_version"):
            raise PermissionDenied
        if kind not in DocumentKind.values:
            raise Http404
        document = DocumentKind(kind)
        last = Version.objects.filter(kind=kind).order_by("-number").first()
        form = DraftForm(
            request.POST if request.method == "POST" else None,
            initial=_initial(document, last),
            is_first=last is None,
            is_published="publish" in request.POST,
        )
        if submit(form, lambda: _write(request, document, form)) is not None:
            messages.success(request, _("Published.") if form.is_published else _("Saved."))
            return redirect("admin:policies_version_changelist")
        context = self.admin_site.each_context(request) | {
            "title": document.label,
            "form": form,
            "last": last,
            "opts": Version._meta,
        }
        return TemplateResponse(request, "admin/policies/draft.html", context)


def _initial(kind: DocumentKind, last: Version | None) -> dict[str, Any]:
    """The draft as it stands, or the last version to start from."""
    draft = Draft.objects.filter(kind=kind).first()
    if draft is not None:
        return {name: getattr(draft, name) for name in services.KEPT}
    return {"text_zh": last.text_zh, "text_en": last.text_en} if last else {}


def _write(request: HttpRequest, kind: DocumentKind, form: DraftForm) -> object:
    saved = services.save_draft(request.actor, kind=kind, fields=form.draft_fields())
    if not form.is_published:
        return saved
    return services.publish_version(request.actor, kind=kind, effective_from=form.effective_from)
