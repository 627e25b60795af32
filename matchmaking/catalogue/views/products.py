"""A merchant's own products: the list, the form, into the pool and out of it."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.catalogue import forms, rules, selectors, services
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.tables import PRODUCTS
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit


@login_required
@require_safe
def product_list(request: PageRequest) -> HttpResponse:
    rules.can_see_own_products(request.actor).require()
    context = {
        "table": read_table(request, PRODUCTS),
        "can_create": rules.can_create_product(request.actor),
    }
    return render_page(request, "catalogue/product_list.html", context, partial="table")


@login_required
@require_http_methods(["GET", "POST"])
def product_create(request: PageRequest) -> HttpResponse:
    rules.can_create_product(request.actor).require()
    form = forms.ProductForm(request.POST if request.method == "POST" else None)
    product = submit(
        form, lambda: services.create_product(request.actor, fields=form.product_fields())
    )
    if product is not None:
        messages.success(request, _("Saved as a draft. Add pictures, then put it into the pool."))
        return redirect(product)
    return render_page(request, "catalogue/product_edit.html", {"form": form, "product": None})


@login_required
@require_http_methods(["GET", "POST"])
def product_edit(request: PageRequest, pk: int) -> HttpResponse:
    product = _own(request, pk)
    rules.can_edit_product(request.actor, product).require()
    form = forms.ProductForm(
        request.POST if request.method == "POST" else None,
        initial=forms.initial_of_product(product, _commission(product)),
    )
    saved = submit(
        form,
        lambda: services.update_product(
            request.actor, product=product, fields=form.product_fields()
        ),
    )
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect(saved)
    return render_page(request, "catalogue/product_edit.html", {"form": form, "product": product})


@login_required
@require_POST
def product_listing(request: PageRequest, pk: int) -> HttpResponse:
    product = services.list_product(request.actor, product=_own(request, pk))
    messages.success(request, _("It stands in the pool now."))
    return redirect(product)


@login_required
@require_POST
def product_pausing(request: PageRequest, pk: int) -> HttpResponse:
    product = services.pause_product(request.actor, product=_own(request, pk))
    messages.success(request, _("Paused. Nobody new finds it; what was agreed goes on."))
    return redirect(product)


@login_required
@require_POST
def product_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    product = services.withdraw_product(request.actor, product=_own(request, pk))
    messages.success(request, _("Withdrawn. Its plans end with today."))
    return redirect(product)


def _own(request: PageRequest, pk: int) -> Product:
    own = Product.objects.owned_by(request.actor).select_related("merchant__city", "category")
    return get_object_or_404(own, pk=pk)


def _commission(product: Product) -> int:
    """What everybody gets from tomorrow on."""
    held = selectors.commission_for(product, None, clock.today() + timedelta(days=1))
    return product.commission_bp if held.commission_bp is None else held.commission_bp
