"""A party's keys for machines."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties import forms, rules, services
from portal.parties.models import ApiKey, KeyGrant, Party
from portal.parties.states import PartyStatus


@login_required
@require_http_methods(["GET", "POST"])
def party_keys(request: PageRequest, pk: int) -> HttpResponse:
    """The keys, and a form for one more. The answer to it shows the new key, once."""
    party = _party(request, pk)
    rules.can_manage_keys(request.actor, party).require()
    form = forms.KeyForm(request.POST if request.method == "POST" else None)
    made = submit(
        form,
        lambda: services.make_key(request.actor, party=party, fields=form.key_fields()),
    )
    return _page(request, party, forms.KeyForm() if made else form, made=made)


@login_required
@require_POST
def party_grant(request: PageRequest, pk: int) -> HttpResponse:
    """Let another party's keys act for this one."""
    party = _party(request, pk)
    rules.can_manage_keys(request.actor, party).require()
    form = forms.GrantForm(request.POST, auto_id="grant_%s")
    given = submit(
        form, lambda: services.give_grant(request.actor, party=party, fields=form.grant_fields())
    )
    if given is None:
        return _page(request, party, forms.KeyForm(), grant_form=form)
    messages.success(request, _("Given. %(party)s was told.") % {"party": given.taker.name})
    return redirect("party_keys", pk)


@login_required
@require_POST
def party_grant_end(request: PageRequest, pk: int, grant: uuid.UUID) -> HttpResponse:
    party = _party(request, pk)
    rows = KeyGrant.objects.filter(Q(giver=party) | Q(taker=party))
    services.end_grant(request.actor, grant=get_object_or_404(rows, pk=grant))
    messages.success(request, _("Ended. It opens nothing any more."))
    return redirect("party_keys", pk)


@login_required
@require_POST
def party_sandbox(request: PageRequest, pk: int) -> HttpResponse:
    """Make parties to try the API with, and speak for the first of them."""
    own, _other = services.make_sandbox(request.actor, party=_party(request, pk))
    request.session["party"] = own.pk
    messages.success(request, _("Your sandbox is ready. You speak for it now; make a key for it."))
    return redirect("party_keys", own.pk)


def _page(
    request: PageRequest,
    party: Party,
    form: forms.KeyForm,
    *,
    made: tuple[ApiKey, str] | None = None,
    grant_form: forms.GrantForm | None = None,
) -> HttpResponse:
    grants = KeyGrant.objects.filter(ended_at=None).select_related("giver", "taker")
    context = {
        "party": party,
        "keys": ApiKey.objects.filter(party=party).select_related("created_by")[:100],
        "form": form,
        "made": made,
        "can_make": rules.can_make_key(request.actor, party),
        "given": grants.filter(giver=party).order_by("-created_at")[:100],
        "taken": grants.filter(taker=party).order_by("-created_at")[:500],
        "grant_form": grant_form or forms.GrantForm(auto_id="grant_%s"),
        "can_give": rules.can_give_grant(request.actor, party),
        "sandboxes": party.sandboxes.exclude(status=PartyStatus.CLOSED).order_by("pk"),
        "can_sandbox": rules.can_make_sandbox(request.actor, party),
    }
    return render_page(request, "parties/party_keys.html", context)


@login_required
@require_POST
def party_key_revocation(request: PageRequest, pk: int, key: uuid.UUID) -> HttpResponse:
    rows = ApiKey.objects.filter(party=_party(request, pk)).select_related("party")
    services.revoke_key(request.actor, key=get_object_or_404(rows, pk=key))
    messages.success(request, _("Revoked. It opens nothing any more."))
    return redirect("party_keys", pk)


def _party(request: PageRequest, pk: int) -> Party:
    return get_object_or_404(Party.objects.visible_to(request.actor).select_related("city"), pk=pk)
