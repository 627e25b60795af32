"""Who signs for the acting party: the list, naming somebody, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.revenue import rules, selectors, services
from portal.revenue.forms import PowerForm
from portal.revenue.models import SigningPower


@login_required
@require_safe
def signer_list(request: PageRequest) -> HttpResponse:
    actor = request.actor
    rules.can_list_signers(actor).require()
    context = {
        "powers": selectors.powers_of(actor),
        "owners": selectors.owners_of(actor),
        "can_name": rules.can_name_signers(actor),
        "can_sign": rules.can_sign(actor),
        "today": clock.today(),
    }
    return render_page(request, "revenue/signer_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def signer_create(request: PageRequest) -> HttpResponse:
    actor = request.actor
    rules.can_name_signers(actor).require()
    assert actor.party is not None  # noqa: S101 - the rule above
    form = PowerForm(actor.party, request.POST if request.method == "POST" else None)
    if submit(form, lambda: services.name_signer(actor, fields=form.power())) is not None:
        messages.success(request, _("Named. From now on the owner and who is named sign."))
        return redirect("signer_list")
    context = {"form": form, "title": _("Name a signer"), "name": _("Who signs")}
    context["back"] = reverse("signer_list")
    return render_page(request, "core/form_page.html", context)


@login_required
@require_POST
def signer_ending(request: PageRequest, pk: int) -> HttpResponse:
    power = get_object_or_404(SigningPower.objects.visible_to(request.actor), pk=pk)
    services.end_power(request.actor, power=power)
    messages.success(request, _("Taken back. What they signed stays signed."))
    return redirect("signer_list")
