"""Operators write documents here and publish them; how many agreed stands beside each version."""

from __future__ import annotations

from functools import partial
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

from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.policies import services
from portal.policies.forms import DatedRuleForm, DraftForm, FeeForm
from portal.policies.models import CartRule, DatedRule, Draft, FeeProposal, FeeRate, Version
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


@admin.register(CartRule)
class CartRuleAdmin(ReferenceAdmin):
    list_display = (
        *("starts_on", "least_videos", "least_followers", "needs_real_name", "deposit_fen"),
        *("source", "checked_on"),
    )


@admin.register(FeeRate)
class FeeRateAdmin(ReadOnlyAdmin):
    """Rates as they were announced; none is ever changed."""

    list_display = (
        *("fee", "product_source", "category", "rate_bp", "is_relief", "starts_on", "ends_on"),
        *("announced_on", "source", "checked_on"),
    )
    list_filter = ("fee", "product_source", "is_relief")
    list_select_related = ("category",)
    ordering = ("fee", "-starts_on", "-pk")
    actions = ("confirm",)

    @admin.action(description=_("Looked at its source again today"), permissions=["confirm"])
    def confirm(self, request: HttpRequest, rates: QuerySet[FeeRate]) -> None:
        for rate in rates:
            services.confirm_fee(request.actor, rate=rate)

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("policies.propose_fee")


@admin.register(FeeProposal)
class FeeProposalAdmin(ReadOnlyAdmin):
    """A rate is proposed here by one person, and announced by another who approves it."""

    list_display = (
        *("fee", "product_source", "category", "rate_bp", "is_relief", "starts_on", "ends_on"),
        *("status", "proposed_by", "decided_by", "source"),
    )
    list_filter = ("status", "fee")
    list_select_related = ("category", "proposed_by", "decided_by")
    change_list_template = "admin/policies/fee_list.html"
    actions = ("approve", "refuse")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.propose)
        return [path("proposal/", view, name="policies_feeproposal_propose"), *super().get_urls()]

    def propose(self, request: HttpRequest) -> HttpResponse:
        """A rate from a day on."""
        if not request.user.has_perm("policies.propose_fee"):
            raise PermissionDenied
        form = FeeForm(request.POST if request.method == "POST" else None)
        if submit(form, partial(_propose_fee, request, form)) is not None:
            messages.success(request, _("Proposed. It waits for a second person."))
            return redirect("admin:policies_feeproposal_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Propose a rate"),
            "form": form,
            "opts": FeeProposal._meta,
        }
        return TemplateResponse(request, "admin/policies/fee.html", context)

    @admin.action(description=_("Approve, as the second person"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[FeeProposal]) -> None:
        self.run(request, rows, lambda row: services.approve_fee(request.actor, proposal=row))

    @admin.action(description=_("Refuse"), permissions=["approve"])
    def refuse(self, request: HttpRequest, rows: QuerySet[FeeProposal]) -> None:
        self.run(request, rows, lambda row: services.refuse_fee(request.actor, proposal=row))

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("policies.approve_fee")


def _propose_fee(request: HttpRequest, form: FeeForm) -> FeeProposal:
    return services.propose_fee(request.actor, fields=form.fee_fields())


@register_queue
def fees_to_approve(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("policies.approve_fee"):
        return None
    return Queue(
        title=_("Rates of fees that wait for a second person"),
        url=reverse("admin:policies_feeproposal_changelist") + "?status__exact=proposed",
        **waiting_since(FeeProposal.objects.proposed(), "proposed_at"),
    )


@admin.register(DatedRule)
class DatedRuleAdmin(ReadOnlyAdmin):
    """Figures of the platform with their days: proposed here by one person, approved by another."""

    list_display = (
        *("kind", "product_source", "shown", "starts_on", "status", "proposed_by", "decided_by"),
        *("announced_on", "source", "checked_on"),
    )
    list_filter = ("status", "kind")
    list_select_related = ("proposed_by", "decided_by")
    ordering = ("kind", "-starts_on", "-pk")
    change_list_template = "admin/policies/dated_list.html"
    actions = ("approve", "refuse", "confirm")

    @admin.display(description=_("value"))
    def shown(self, rule: DatedRule) -> str:
        return rule.shown

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.propose)
        return [path("proposal/", view, name="policies_datedrule_propose"), *super().get_urls()]

    def propose(self, request: HttpRequest) -> HttpResponse:
        """A figure from a day on."""
        if not request.user.has_perm("policies.propose_datedrule"):
            raise PermissionDenied
        form = DatedRuleForm(request.POST if request.method == "POST" else None)
        if submit(form, partial(_propose, request, form)) is not None:
            messages.success(request, _("Proposed. It waits for a second person."))
            return redirect("admin:policies_datedrule_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Propose a rule"),
            "form": form,
            "opts": DatedRule._meta,
        }
        return TemplateResponse(request, "admin/policies/dated.html", context)

    @admin.action(description=_("Approve, as the second person"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[DatedRule]) -> None:
        self.run(request, rows, lambda row: services.approve_dated_rule(request.actor, rule=row))

    @admin.action(description=_("Refuse"), permissions=["approve"])
    def refuse(self, request: HttpRequest, rows: QuerySet[DatedRule]) -> None:
        self.run(request, rows, lambda row: services.refuse_dated_rule(request.actor, rule=row))

    @admin.action(description=_("Looked at its source again today"), permissions=["propose"])
    def confirm(self, request: HttpRequest, rows: QuerySet[DatedRule]) -> None:
        self.run(request, rows, lambda row: services.confirm_dated_rule(request.actor, rule=row))

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("policies.approve_datedrule")

    def has_propose_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("policies.propose_datedrule")


def _propose(request: HttpRequest, form: DatedRuleForm) -> DatedRule:
    return services.propose_dated_rule(request.actor, fields=form.dated_fields())


@register_queue
def dated_rules_to_approve(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("policies.approve_datedrule"):
        return None
    return Queue(
        title=_("Rules that wait for a second person"),
        url=reverse("admin:policies_datedrule_changelist") + "?status__exact=proposed",
        **waiting_since(DatedRule.objects.proposed(), "proposed_at"),
    )
