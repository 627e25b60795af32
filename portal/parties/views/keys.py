"""A party's keys for machines."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties import forms, rules, services
from portal.parties.models import ApiKey, Party


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
    context = {
        "party": party,
        "keys": ApiKey.objects.filter(party=party).select_related("created_by")[:100],
        "form": forms.KeyForm() if made else form,
        "made": made,
        "can_make": rules.can_make_key(request.actor, party),
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
