"""A person's parties: registering, describing, submitting, switching."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number
from portal.parties import forms, rules, selectors, services
from portal.parties.kinds import KINDS
from portal.parties.middleware import PARTY_IN_SESSION
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.parties.views.appeals import to_appeal


@login_required
@require_http_methods(["GET", "POST"])
def party_create(request: PageRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    if kind not in PartyKind:
        return render_page(request, "parties/party_kind.html", {"kinds": KINDS})
    form = forms.form_for(kind)(request.POST if request.method == "POST" else None)
    party = submit(
        form,
        lambda: services.register_party(
            request.actor,
            kind=PartyKind(kind),
            fields=form.party_fields(),
            provider=form.provider_fields(),
        ),
    )
    if party is not None:
        request.session[PARTY_IN_SESSION] = party.pk
        messages.success(request, _("Saved as a draft. Check it and hand it in for review."))
        return redirect(party)
    context = {"form": form, "kind": PartyKind(kind), "party": None}
    return render_page(request, "parties/party_edit.html", context)


@login_required
@require_safe
def party_detail(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(selectors.whole_parties().visible_to(request.actor), pk=pk)
    context = {
        "party": party,
        "trail": trail(party).select_related("user"),
        "sections": selectors.sections_of(party),
        "can_edit": rules.can_edit_party(request.actor, party),
        "twin": rules.unclaimed_twin(party),
        "can_submit": rules.can_submit_party(request.actor, party),
        "can_recall": rules.can_recall_party(request.actor, party),
        "can_restart": rules.can_restart_party(request.actor, party),
        "items": [i for i in rules.checklist(party) if i.is_required or i.documents],
        "wanted": selectors.wanted_of(party),
        "can_hide": rules.can_hide_party(request.actor, party),
        "can_list": rules.can_list_party(request.actor, party),
        "can_close": rules.can_close_party(request.actor, party),
        "suspension": selectors.open_suspension(party),
        "to_appeal": to_appeal(request.actor, party),
        "appeals": selectors.appeals_of(party),
        "can_see_payout": rules.can_see_payout(request.actor, party),
        "can_manage": rules.can_manage_party(request.actor, party),
    }
    return render_page(request, "parties/party_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def party_edit(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(selectors.whole_parties().visible_to(request.actor), pk=pk)
    rules.can_edit_party(request.actor, party).require()
    form = forms.form_for(party.kind)(
        request.POST if request.method == "POST" else None, initial=forms.initial_of(party)
    )
    saved = submit(
        form,
        lambda: services.update_party(
            request.actor,
            party=party,
            fields=form.party_fields(),
            provider=form.provider_fields(),
        ),
    )
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect(saved)
    context = {"form": form, "kind": PartyKind(party.kind), "party": party}
    return render_page(request, "parties/party_edit.html", context)


@login_required
@require_POST
def party_submission(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    services.submit_party(request.actor, party=party)
    messages.success(request, _("Handed in. We will tell you the answer here and by mail."))
    return redirect(party)


@login_required
@require_POST
def party_visibility(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    change = services.list_party if request.POST.get("listed") == "1" else services.hide_party
    change(request.actor, party=party)
    return redirect(party)


@login_required
@require_POST
def party_switch(request: PageRequest) -> HttpResponse:
    """Speak for another of one's own parties from now on."""
    wanted = request.POST.get("party", "")
    mine = Party.objects.visible_to(request.actor)
    party = get_object_or_404(mine, pk=whole_number(wanted))
    request.session[PARTY_IN_SESSION] = party.pk
    target = request.POST.get("next", "")
    # A bare word would be taken for the name of a page.
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, {request.get_host()}, request.is_secure()
    )
    return redirect(target if safe else "workbench")
