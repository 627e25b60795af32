"""A merchant's shop and an agency's house, edited by their own people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.core.forms import Form
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties import forms, rules, services
from portal.parties.models import Party
from portal.parties.states import PartyKind

DESCRIBED = (PartyKind.MERCHANT, PartyKind.AGENCY)


@login_required
@require_http_methods(["GET", "POST"])
def profile_edit(request: PageRequest, pk: int) -> HttpResponse:
    """By kind of party; providers and creators say these things elsewhere."""
    mine = Party.objects.visible_to(request.actor).filter(kind__in=DESCRIBED)
    party = get_object_or_404(mine, pk=pk)
    is_shop = party.kind == PartyKind.MERCHANT
    may = rules.can_describe_merchant if is_shop else rules.can_describe_agency
    may(request.actor, party).require()
    data = request.POST if request.method == "POST" else None
    describe = _shop if is_shop else _house
    done, form = describe(request, party, data, forms.initial_of_profile(party))
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect(party)
    template = "parties/shop_edit.html" if is_shop else "parties/agency_edit.html"
    return render_page(request, template, {"party": party, "form": form})


def _shop(
    request: PageRequest, party: Party, data: QueryDict | None, initial: dict[str, Any]
) -> tuple[object | None, Form]:
    form = forms.MerchantForm(data, initial=initial)
    done = submit(
        form,
        lambda: services.describe_merchant(
            request.actor, party=party, fields=form.profile_fields()
        ),
    )
    return done, form


def _house(
    request: PageRequest, party: Party, data: QueryDict | None, initial: dict[str, Any]
) -> tuple[object | None, Form]:
    form = forms.AgencyHouseForm(data, initial=initial)
    done = submit(
        form,
        lambda: services.describe_agency(request.actor, party=party, fields=form.profile_fields()),
    )
    return done, form
