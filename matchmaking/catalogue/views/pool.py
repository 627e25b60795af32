"""The pool everybody may look through, and a product's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from matchmaking.catalogue import rules, selectors, services
from matchmaking.catalogue.models import Product
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.parties.states import PartyKind


@require_safe
def product_pool(request: PageRequest) -> HttpResponse:
    pool = selectors.Pool(request.actor, request.GET)
    rows = pool.page.rows
    held = selectors.commissions_of(rows, request.actor)
    context = {
        "pool": pool,
        "page": pool.page,
        "cards": [(row, held[row.pk]) for row in rows],
        "facets": pool.facets(),
        "sorts": [(code, words) for code, (words, _field, _way) in selectors.SORTS.items()],
        "is_merchant": _is_merchant(request),
    }
    return render_page(request, "catalogue/product_pool.html", context, partial="pool")


@require_safe
def product_detail(request: PageRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(selectors.whole_product(request.actor), pk=pk)
    return render_page(request, "catalogue/product_detail.html", page_of(request, product))


def page_of(request: PageRequest, product: Product) -> dict[str, object]:
    """What a product's page shows this person."""
    actor, today = request.actor, clock.today()
    is_own = actor.speaks_for(product.merchant_id)
    held = selectors.commissions_of([product], actor)[product.pk]
    return {
        "product": product,
        "is_own": is_own,
        "pictures": selectors.pictures_of(actor, product),
        "held": held,
        "plans": selectors.plans_shown(actor, product),
        "today": today,
        "certificates": selectors.certificates_of(product),
        "reputation": selectors.reputation_of(product),
        "places": selectors.places_of(product),
        "gates": services.effects_of(product) if is_own else [],
        "can_edit": rules.can_edit_product(actor, product),
        "can_list": rules.can_list_product(actor, product) if is_own else None,
        "can_pause": rules.can_pause_product(actor, product),
        "can_withdraw": rules.can_withdraw_product(actor, product),
        "can_plan": rules.can_open_plan(actor, product),
    }


def _is_merchant(request: PageRequest) -> bool:
    party = request.actor.party
    return party is not None and party.kind == PartyKind.MERCHANT
