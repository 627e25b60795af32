"""Operators: making one party of two, after a look at what moves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from portal.core.web import submit, whole_number
from portal.parties import rules, selectors, services
from portal.parties.models import Party

MOST_DOUBLES = 10


class OtherForm(forms.Form):
    """Which party goes into the one at hand."""

    other = forms.IntegerField(
        label=_("Number of the party that goes"), min_value=1, max_value=2**63 - 1
    )


class MergeForm(forms.Form):
    why = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("It is written down beside your name.")
    )


def merge_party(request: HttpRequest, pk: int) -> HttpResponse:
    """First which one goes, then what moves, then the reason. `pk` stays."""
    mine = Party.objects.in_scope_of(request.user).select_related("city")
    survivor = get_object_or_404(mine, pk=pk)
    if not rules.may_merge_for(request.actor, survivor):
        raise PermissionDenied
    number = whole_number(request.GET.get("other", ""))
    if not number:
        return _choose(request, survivor, OtherForm())
    absorbed = mine.filter(pk=number).first()
    if absorbed is None:
        other = OtherForm(request.GET)
        other.add_error("other", _("There is no such party in your regions."))
        return _choose(request, survivor, other)
    form = MergeForm(request.POST if request.method == "POST" else None)
    done = submit(
        form,
        lambda: services.merge_parties(
            request.actor, survivor=survivor, absorbed=absorbed, why=form.cleaned_data["why"]
        ),
    )
    if done is not None:
        messages.success(request, _("Merged; those who manage the party were told."))
        return redirect("admin:parties_party_change", done.pk)
    return _preview(request, survivor, absorbed, form)


def _choose(request: HttpRequest, survivor: Party, form: OtherForm) -> HttpResponse:
    doubles = selectors.doubles_of(survivor).in_scope_of(request.user)[:MOST_DOUBLES]
    return _page(request, survivor, {"form": form, "doubles": doubles})


def _preview(
    request: HttpRequest, survivor: Party, absorbed: Party, form: MergeForm
) -> HttpResponse:
    verdict = rules.can_merge_parties(request.actor, survivor, absorbed)
    context = {
        "form": form,
        "absorbed": absorbed,
        "moved": selectors.moved_of(absorbed),
        "verdict": verdict and selectors.clash_of(survivor, absorbed),
        "people": absorbed.membership_set.select_related("user").order_by("pk"),
    }
    return _page(request, survivor, context)


def _page(request: HttpRequest, survivor: Party, context: dict[str, Any]) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": _("Merge into %(name)s") % {"name": survivor.name},
        "survivor": survivor,
        "opts": Party._meta,
        **context,
    }
    return TemplateResponse(request, "admin/parties/party/merge.html", context)
