"""A person's own data: a copy of it, and being forgotten. And closing a party."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.parties import holdings, rules, services
from portal.parties.models import ErasureRequest, Party


@login_required
@require_safe
def personal_data(request: PageRequest) -> HttpResponse:
    actor = request.actor
    asked = ErasureRequest.objects.of(actor)
    context = {
        "exports": services.exports_of(actor.user) if actor.user else [],
        "erasure": asked.open().first(),
        "can_erase": rules.can_ask_erasure(actor),
        "parts": [holding.name for holding in holdings.holdings()],
    }
    return render_page(request, "parties/personal_data.html", context)


@login_required
@require_POST
def personal_export(request: PageRequest) -> HttpResponse:
    services.ask_personal_export(request.actor)
    messages.success(request, _("Being written; a notice tells you when the file is here."))
    return redirect("personal_data")


@login_required
@require_POST
def personal_erasure(request: PageRequest) -> HttpResponse:
    services.ask_erasure(request.actor)
    messages.success(request, _("Asked. You can take it back until the day below."))
    return redirect("personal_data")


@login_required
@require_POST
def personal_erasure_withdrawal(request: PageRequest) -> HttpResponse:
    services.withdraw_erasure(request.actor)
    messages.success(request, _("Taken back; everything stays."))
    return redirect("personal_data")


@login_required
@require_POST
def party_closing(request: PageRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    closed = services.close_party(request.actor, party=party, why=request.POST.get("why", "")[:300])
    messages.success(request, _("%(name)s is closed.") % {"name": closed.name})
    return redirect(closed)
