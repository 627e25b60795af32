"""Who is represented, and needs that stand still."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.brokerage import forms, rules, selectors, services
from matchmaking.brokerage.models import Representation
from matchmaking.brokerage.tables import STILL_NEEDS
from matchmaking.needs.models import Need
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import keyset_page, render_page, submit
from portal.parties.models import Party
from portal.parties.states import PartyKind


@login_required
@require_safe
def represented_list(request: PageRequest) -> HttpResponse:
    rules.can_broker(request.actor).require()
    page = keyset_page(selectors.represented(), request.GET.get("cursor", ""))
    return render_page(request, "brokerage/represented_list.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def represent_creator(request: PageRequest, pk: int) -> HttpResponse:
    """From now on this creator is reached by introductions."""
    rules.can_broker(request.actor).require()
    creator = get_object_or_404(Party.objects.filter(kind=PartyKind.CREATOR).listed(), pk=pk)
    form = forms.RepresentationForm(request.POST or None)
    if request.method == "POST":
        done = submit(
            form,
            lambda: services.represent_creator(
                request.actor, creator=creator, note=form.cleaned_data["note"]
            ),
        )
        if done is not None:
            messages.success(request, _("Offers reach this creator by introductions from now on."))
            return redirect("represented_list")
    context = {
        "creator": creator,
        "form": form,
        "can_represent": rules.can_represent(request.actor, creator),
    }
    return render_page(request, "brokerage/represent_creator.html", context)


@login_required
@require_POST
def representation_end(request: PageRequest, pk: int) -> HttpResponse:
    rules.can_broker(request.actor).require()
    row = get_object_or_404(Representation, pk=pk)
    services.end_representation(request.actor, row=row)
    messages.success(request, _("Ended. Introductions that are open go on."))
    return redirect("represented_list")


@login_required
@require_safe
def still_list(request: PageRequest) -> HttpResponse:
    """Open needs where nothing happened for some working days."""
    rules.can_nudge(request.actor).require()
    context = {"table": read_table(request, STILL_NEEDS)}
    return render_page(request, "brokerage/still_list.html", context, partial="table")


@login_required
@require_POST
def need_nudge(request: PageRequest, pk: int) -> HttpResponse:
    rules.can_nudge(request.actor).require()
    in_scope = Need.objects.in_scope_of(request.user)
    services.nudge_need(request.actor, need=get_object_or_404(in_scope, pk=pk))
    messages.success(request, _("The merchant was reminded."))
    return redirect("still_list")
