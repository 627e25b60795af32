"""Opening and ending plans."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matchmaking.catalogue import forms, rules, services
from matchmaking.catalogue.models import Plan, Product
from portal.core.http import PageRequest
from portal.core.web import render_page, submit


@login_required
@require_http_methods(["GET", "POST"])
def plan_create(request: PageRequest, pk: int) -> HttpResponse:
    own = Product.objects.owned_by(request.actor).select_related("merchant__city", "category")
    product = get_object_or_404(own, pk=pk)
    rules.can_open_plan(request.actor, product).require()
    form = forms.PlanForm(product.merchant, request.POST if request.method == "POST" else None)
    plan = submit(
        form,
        lambda: services.open_plan(request.actor, product=product, fields=form.plan_fields()),
    )
    if plan is not None:
        messages.success(request, _("The plan stands. Chosen creators are told."))
        return redirect(product)
    context = {"form": form, "product": product, "limit": rules.commission_limit()}
    return render_page(request, "catalogue/plan_edit.html", context)


@login_required
@require_POST
def plan_ending(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    own = Plan.objects.filter(product__in=Product.objects.owned_by(request.actor))
    plan = get_object_or_404(own.select_related("product__merchant"), pk=pk)
    services.end_plan(request.actor, plan=plan)
    messages.success(request, _("It ends with today."))
    return redirect(plan.product)
