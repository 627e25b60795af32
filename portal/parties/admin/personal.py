"""Operators: who asked to be forgotten, and a party's contact for who must see it."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.web import submit
from portal.parties import rules, services
from portal.parties.models import ErasureRequest, Party


@admin.register(ErasureRequest)
class ErasureRequestAdmin(ReadOnlyAdmin):
    list_display = ("person_id", "asked_at", "due_at", "withdrawn_at", "erased_at")
    list_filter = (
        ("erased_at", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter),
    )
    ordering = ("due_at",)


@register_queue
def deletion_requests(request: HttpRequest) -> Queue | None:
    """They run by themselves; one that is past its day could not."""
    if not request.user.has_perm("parties.view_erasurerequest"):
        return None
    waiting = ErasureRequest.objects.open()
    url = reverse("admin:parties_erasurerequest_changelist")
    return Queue(
        title=_("Deletion requests"),
        url=f"{url}?erased_at__isempty=1&withdrawn_at__isempty=1",
        **waiting_since(waiting, "asked_at", due="due_at"),
    )


class RevealForm(forms.Form):
    why = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("It is written down beside your name.")
    )


def reveal_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """A party's contact in full, once a reason is given."""
    party = get_object_or_404(Party.objects.in_scope_of(request.user), pk=pk)
    if not rules.can_reveal_party(request.actor, party):
        raise PermissionDenied
    form = RevealForm(request.POST if request.method == "POST" else None)
    contact = submit(
        form,
        lambda: services.reveal_party(request.actor, party=party, why=form.cleaned_data["why"]),
    )
    context = admin.site.each_context(request) | {
        "title": _("Contact of %(name)s") % {"name": party.name},
        "form": form,
        "contact": contact,
        "opts": Party._meta,
    }
    return TemplateResponse(request, "admin/parties/party/contact.html", context)
