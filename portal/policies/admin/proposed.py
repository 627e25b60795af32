"""What one person proposes in administration and another approves there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.policies.models import Proposed


class ProposedAdmin(ReadOnlyAdmin):
    """Each kind says which form it is proposed by, and which service does what."""

    list_filter: ClassVar[Any] = ("status",)
    list_select_related: ClassVar[Any] = ("proposed_by", "decided_by")
    change_list_template = "admin/policies/proposed_list.html"
    actions: Any = ("approve", "refuse")
    proposal: str | Promise = ""  # the title of the page where one is proposed
    told: str | Promise = ""  # a sentence above its form

    def proposal_form(self, data: Any) -> Any:
        raise NotImplementedError

    def propose_by(self, actor: Actor, form: Any) -> object:
        raise NotImplementedError

    def approve_row(self, actor: Actor, row: Any) -> object:
        raise NotImplementedError

    def refuse_row(self, actor: Actor, row: Any) -> object:
        raise NotImplementedError

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """What it says before who decided it."""
        names = list(super().get_fields(request, obj))
        common = {field.name for field in Proposed._meta.local_fields}
        return sorted(names, key=lambda name: name in common)

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view(self.propose), _url_name(self.model, "propose")
        return [path("proposal/", view, name=name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        own = {"proposal": self.has_propose_permission(request) and self.proposal}
        return super().changelist_view(request, (extra_context or {}) | own)

    def propose(self, request: HttpRequest) -> HttpResponse:
        if not self.has_propose_permission(request):
            raise PermissionDenied
        form = self.proposal_form(request.POST if request.method == "POST" else None)
        if submit(form, lambda: self.propose_by(request.actor, form)) is not None:
            messages.success(request, _("Proposed. It waits for a second person."))
            return redirect("admin:" + _url_name(self.model, "changelist"))
        context = self.admin_site.each_context(request) | {
            "title": self.proposal,
            "told": self.told,
            "form": form,
            "opts": self.model._meta,
        }
        return TemplateResponse(request, "admin/policies/proposal.html", context)

    @admin.action(description=_("Approve, as the second person"), permissions=["approve"])
    def approve(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self.run(request, rows, lambda row: self.approve_row(request.actor, row))

    @admin.action(description=_("Refuse"), permissions=["approve"])
    def refuse(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self.run(request, rows, lambda row: self.refuse_row(request.actor, row))

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.model.permission("approve"))

    def has_propose_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.model.permission("propose"))


class DatedAdmin(ProposedAdmin):
    actions: Any = ("approve", "refuse", "confirm")
    told: str | Promise = _(
        "A second person approves it, at least 7 days before it begins. What is approved is never "
        "changed, only followed by the next one."
    )

    def confirm_row(self, actor: Actor, row: Any) -> object:
        raise NotImplementedError

    @admin.action(description=_("Looked at its source again today"), permissions=["propose"])
    def confirm(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self.run(request, rows, lambda row: self.confirm_row(request.actor, row))


def register_proposals(model: type[Proposed], title: str | Promise) -> None:
    """Those that wait stand among the queues of who may approve them."""

    def waiting(request: HttpRequest) -> Queue | None:
        if not request.user.has_perm(model.permission("approve")):
            return None
        return Queue(
            title=title,
            url=reverse("admin:" + _url_name(model, "changelist")) + "?status__exact=proposed",
            **waiting_since(model._default_manager.filter(status="proposed"), "proposed_at"),
        )

    register_queue(waiting)


def _url_name(model: type[Model], deed: str) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}_{deed}"
