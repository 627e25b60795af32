"""What the admin pages of the catalogue share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.forms import Form
from portal.core.web import submit
from portal.parties.models import regions_of


class Scoped(ReadOnlyAdmin):
    """Rows within an operator's regions; `region` is the way to them."""

    region: str

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows, regions = super().get_queryset(request), regions_of(request.user)
        return rows.filter(**{f"{self.region}__in": regions}) if regions else rows


class Acting(ReadOnlyAdmin):
    """With pages of their own on which operators act through services. `row_act`: the permission,
    the view and the words of what may be done to a row for which `is_for_act` holds."""

    row_act: ClassVar[tuple[str, str, Any] | None] = None

    def get_list_display(self, request: HttpRequest) -> Sequence[Any]:
        shown = super().get_list_display(request)
        may = self.row_act is not None and request.user.has_perm(self.row_act[0])
        return [*shown, "act_link"] if may else shown

    @admin.display(description=_("To do"))
    def act_link(self, row: Any) -> str:
        if self.row_act is None or not self.is_for_act(row):
            return "—"
        _permission, view, words = self.row_act
        return format_html('<a href="{}">{}</a>', reverse(f"admin:{view}", args=[row.pk]), words)

    def is_for_act(self, row: Any) -> bool:
        return True

    def act(
        self,
        request: HttpRequest,
        permission: str,
        title: Any,
        form: Form,
        service: Callable[[], object],
    ) -> HttpResponse:
        """A form of one's own; what it does is one service."""
        if not request.user.has_perm(permission):
            raise PermissionDenied
        if submit(form, service) is not None:
            messages.success(request, _("Done."))
            return redirect(f"admin:catalogue_{self.opts.model_name}_changelist")
        context = self.admin_site.each_context(request) | {
            "title": title,
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/catalogue/act.html", context)


def sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
