"""Narrowing a member to some of a party's creators, merchants or shops."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties import forms, rules, services
from portal.parties.models import Membership, MembershipScope, Party


@login_required
@require_http_methods(["GET", "POST"])
def party_member_scope(request: PageRequest, pk: int, member: int) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    members = Membership.objects.filter(party=party).select_related("user", "party")
    membership = get_object_or_404(members, pk=member)
    rules.can_narrow_member(request.actor, membership).require()
    scope = MembershipScope.objects.filter(membership=membership).first()
    form = forms.ScopeForm(
        request.POST if request.method == "POST" else None,
        party=party,
        initial={
            "reach": "named" if scope else "all",
            "parties": scope.parties.all() if scope else [],
            "shops": scope.shops.all() if scope else [],
        },
    )
    saved = submit(
        form,
        lambda: services.narrow_member(
            request.actor,
            membership=membership,
            parties=form.chosen(),
            shops=form.cleaned_data.get("shops", ()),
        ),
    )
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("party_members", pk)
    context = {"form": form, "party": party, "member": membership}
    return render_page(request, "parties/party_member_scope.html", context)
