"""Packages: their list and pages, and ordering one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.needs import forms, rules, selectors, services
from matchmaking.needs.models import ServiceOffer
from matchmaking.needs.tables import OWN_SERVICE_OFFERS, SERVICE_OFFERS
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.parties.models import Party


@require_safe
def service_offer_list(request: PageRequest) -> HttpResponse:
    """What can be ordered in one step; to who offers, its own beside it."""
    is_ours = request.GET.get("view") == "ours" and request.actor.party_id is not None
    context = {
        "table": read_table(request, OWN_SERVICE_OFFERS if is_ours else SERVICE_OFFERS),
        "is_ours": is_ours,
        "can_create": rules.can_create_service_offer(request.actor),
    }
    return render_page(request, "needs/service_offer_list.html", context, partial="table")


@require_safe
def service_offer_detail(request: PageRequest, pk: int) -> HttpResponse:
    return _page(request, _fetch(request, pk))


def _page(
    request: PageRequest, offer: ServiceOffer, order: forms.OrderForm | None = None
) -> HttpResponse:
    actor = request.actor
    context = {
        "offer": offer,
        "is_own": actor.speaks_for(offer.provider_id),
        "form": order or forms.OrderForm(initial={"version": offer.version}),
        "can_order": rules.can_order_service_offer(actor, offer),
        "can_edit": rules.can_edit_service_offer(actor, offer),
        "can_show": rules.can_show_service_offer(actor, offer),
        "can_hide": rules.can_hide_service_offer(actor, offer),
        "orders": selectors.orders_of(actor, offer),
    }
    return render_page(request, "needs/service_offer_detail.html", context)


@login_required
@require_POST
def service_offer_order(request: PageRequest, pk: int) -> HttpResponse:
    """Order on the terms the page showed."""
    offer = _fetch(request, pk)
    rules.can_order_service_offer(request.actor, offer).require()
    form = forms.OrderForm(request.POST)
    proposal = submit(
        form,
        lambda: services.order_service_offer(request.actor, offer=offer, **form.cleaned_data),
    )
    if proposal is None:
        return _page(request, offer, form)
    messages.success(request, _("Ordered. You are told as soon as it is answered."))
    return redirect(proposal)


@login_required
@require_http_methods(["GET", "POST"])
def service_offer_create(request: PageRequest) -> HttpResponse:
    rules.can_create_service_offer(request.actor).require()
    form = forms.ServiceOfferForm(
        cast("Party", request.actor.party),  # the rule above saw one
        request.POST if request.method == "POST" else None,
    )
    offer = submit(
        form,
        lambda: services.create_service_offer(request.actor, fields=form.service_offer_fields()),
    )
    if offer is not None:
        messages.success(request, _("Saved. Show it when it is ready to be ordered."))
        return redirect(offer)
    return render_page(request, "needs/service_offer_edit.html", {"form": form, "offer": None})


@login_required
@require_http_methods(["GET", "POST"])
def service_offer_edit(request: PageRequest, pk: int) -> HttpResponse:
    offer = _own(request, pk)
    rules.can_edit_service_offer(request.actor, offer).require()
    form = forms.ServiceOfferForm(
        offer.provider,
        request.POST if request.method == "POST" else None,
        initial=forms.initial_of_service_offer(offer),
    )
    saved = submit(form, lambda: _save(request, offer, form))
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect(saved)
    return render_page(request, "needs/service_offer_edit.html", {"form": form, "offer": offer})


def _save(request: PageRequest, offer: ServiceOffer, form: forms.ServiceOfferForm) -> ServiceOffer:
    offer.version = form.cleaned_data["version"]  # as the page saw it
    return services.update_service_offer(
        request.actor, offer=offer, fields=form.service_offer_fields()
    )


@login_required
@require_POST
def service_offer_showing(request: PageRequest, pk: int) -> HttpResponse:
    offer = services.show_service_offer(request.actor, offer=_own(request, pk))
    messages.success(request, _("Shown. Merchants can order it now."))
    return redirect(offer)


@login_required
@require_POST
def service_offer_hiding(request: PageRequest, pk: int) -> HttpResponse:
    offer = services.hide_service_offer(request.actor, offer=_own(request, pk))
    messages.success(request, _("Hidden. What was ordered goes on."))
    return redirect(offer)


def _fetch(request: PageRequest, pk: int) -> ServiceOffer:
    seen = ServiceOffer.objects.visible_to(request.actor).select_related("provider__city")
    return get_object_or_404(seen.prefetch_related("services"), pk=pk)


def _own(request: PageRequest, pk: int) -> ServiceOffer:
    own = ServiceOffer.objects.owned_by(request.actor).select_related("provider")
    return get_object_or_404(own, pk=pk)
