"""Operators: real names that were given after their party was verified."""

from __future__ import annotations

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
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.parties import rules, services
from portal.parties.admin.documents import CheckForm
from portal.parties.models import Party, RealName


class NameCheckForm(CheckForm):
    guardian_confirmed = forms.BooleanField(
        label=_("I have spoken to the guardian, who agrees"), required=False
    )


@admin.register(RealName)
class RealNameAdmin(ReadOnlyAdmin):
    """Who parties are, masked; the one that waits longest first."""

    list_display = ("look", "party", "given_at", "verified_at")
    list_display_links = None
    list_filter = (("verified_at", admin.EmptyFieldListFilter),)
    list_select_related = ("party",)
    search_fields = ("party__name",)
    ordering = ("given_at", "pk")
    exclude = ("name", "number_sealed", "number_print")  # the name stands where it is checked

    def get_queryset(self, request: HttpRequest) -> QuerySet[RealName]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("real name"))
    def look(self, name: RealName) -> str:
        url = reverse("admin:parties_realname_check", args=[name.pk])
        return format_html('<a href="{}">{}</a>', url, name)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.check_name)
        return [path("<int:pk>/check/", view, name="parties_realname_check"), *super().get_urls()]

    def check_name(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One name with its number masked, and the answer."""
        if not request.user.has_perm("parties.review_party"):
            raise PermissionDenied
        mine = self.get_queryset(request).select_related("party__city", "guardian")
        name = get_object_or_404(mine, pk=pk)
        form = NameCheckForm(request.POST if request.method == "POST" else None)
        if not rules.is_minor(name):
            form.fields["guardian_confirmed"].widget = forms.HiddenInput()
        if submit(form, lambda: _answer(request, name, form.cleaned_data)) is not None:
            messages.success(request, _("Answered; the applicant was told."))
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": _("Real name of %(party)s") % {"party": name.party},
            "real_name": name,
            "form": form,
            "verdict": rules.can_check_real_name(request.actor, name),
            "trail": trail(name.party).select_related("user"),
            "opts": RealName._meta,
        }
        return TemplateResponse(request, "admin/parties/realname/check.html", context)


def _answer(request: HttpRequest, name: RealName, data: dict[str, Any]) -> Party:
    if data["decision"] == "accept":
        confirmed = data["guardian_confirmed"]
        services.confirm_real_name(request.actor, real_name=name, guardian_confirmed=confirmed)
    else:
        services.refuse_real_name(request.actor, real_name=name, reason=data["reason"])
    return name.party


@register_queue
def names_to_check(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("parties.review_party"):
        return None
    waiting = RealName.objects.to_check().filter(party__in=Party.objects.in_scope_of(request.user))
    return Queue(
        title=_("Real names to check"),
        url=reverse("admin:parties_realname_changelist") + "?verified_at__isempty=1",
        **waiting_since(waiting, "given_at"),
    )
