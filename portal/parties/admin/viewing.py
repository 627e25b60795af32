"""Operators: seeing the site as a person does, read-only and written down."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.web import submit
from portal.parties import rules, services
from portal.parties.models import User, Viewing
from portal.parties.viewing import VIEWING


class ViewingForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The person reads it beside their sign-ins. Your pages are written down."),
    )


@admin.register(Viewing)
class ViewingAdmin(ReadOnlyAdmin):
    """Who looked as whom, why, and at how many pages; which ones stands in the trail."""

    list_display = ("begun_at", "operator", "person", "reason", "pages", "ended_at")
    list_filter = ("begun_at",)
    list_select_related = ("operator", "person")
    search_fields = ("operator__email", "reason")
    ordering = ("-begun_at",)


def view_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a look, with a reason."""
    person = get_object_or_404(User, pk=pk)
    if not request.user.has_perm("parties.view_as_person"):
        raise PermissionDenied
    rules.can_view_as(request.actor, person).require()
    form = ViewingForm(request.POST if request.method == "POST" else None)
    viewing = submit(
        form,
        lambda: services.begin_viewing(
            request.actor, person=person, reason=form.cleaned_data["reason"]
        ),
    )
    if viewing is not None:
        request.session[VIEWING] = str(viewing.pk)
        return redirect("workbench")
    context = admin.site.each_context(request) | {
        "title": _("See the site as %(name)s, for half an hour") % {"name": person},
        "form": form,
        "opts": User._meta,
    }
    return TemplateResponse(request, "admin/form_page.html", context)
