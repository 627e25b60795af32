"""A content order as its two sides see it, step by step."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.catalogue.models import Product
from matchmaking.content import forms, rules, services
from matchmaking.content.fees import bill_of
from matchmaking.content.models import ContentOrder
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit
from portal.parties.models import Party


@login_required
@require_safe
def content_order_list(request: PageRequest) -> HttpResponse:
    rules.can_list_orders(request.actor).require()
    rows = ContentOrder.objects.visible_to(request.actor).select_related("merchant", "maker")
    context = {"page": keyset_page(rows, request.GET.get("cursor", ""))}
    return render_page(request, "content/content_order_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def content_order_create(request: PageRequest, party: int) -> HttpResponse:
    """Ask a creator or an agency for a quote."""
    maker = get_object_or_404(Party.objects.listed(), pk=party)
    rules.can_order_content(request.actor, maker).require()
    form = forms.BriefForm(
        request.POST if request.method == "POST" else None,
        products=Product.objects.nameable(request.actor.party_id or 0),
    )
    asked = submit(
        form,
        lambda: services.order_content(request.actor, maker=maker, fields=form.brief_fields()),
    )
    if asked is not None:
        messages.success(request, _("Asked. There are three days for the quote."))
        return redirect(asked)
    context = {"form": form, "maker": maker}
    return render_page(request, "content/content_order_create.html", context)


@login_required
@require_safe
def content_order_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _shown(request, _fetch(request, pk))


@login_required
@require_POST
def content_order_quote(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    order, form = _fetch(request, pk), forms.QuoteForm(request.POST)
    return _stepped(
        request,
        order,
        form,
        lambda: services.quote_order(request.actor, order=order, fields=form.quote_fields()),
        quote_form=form,
    )


@login_required
@require_POST
def content_order_acceptance(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    order = services.accept_quote(request.actor, order=_fetch(request, pk))
    messages.success(request, _("Accepted. It is a cooperation now, with its paper."))
    return redirect(order)


@login_required
@require_POST
def content_order_refusal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    order, form = _fetch(request, pk), forms.ReasonForm(request.POST)
    return _stepped(
        request,
        order,
        form,
        lambda: services.decline_order(
            request.actor, order=order, reason=form.cleaned_data["reason"]
        ),
        refusal_form=form,
    )


@login_required
@require_POST
def content_order_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, pk, services.withdraw_order)


@login_required
@require_POST
def content_order_piece(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    order, form = _fetch(request, pk), forms.PieceForm(request.POST)
    return _stepped(
        request,
        order,
        form,
        lambda: services.show_piece(
            request.actor, order=order, draft_url=form.cleaned_data["draft_url"]
        ),
        piece_form=form,
    )


@login_required
@require_POST
def content_order_revision(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    order, form = _fetch(request, pk), forms.RevisionForm(request.POST)
    return _stepped(
        request,
        order,
        form,
        lambda: services.ask_revision(request.actor, order=order, note=form.cleaned_data["note"]),
        revision_form=form,
    )


@login_required
@require_POST
def content_order_approval(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, pk, services.approve_piece)


@login_required
@require_POST
def content_order_payment(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    order, form = _fetch(request, pk), forms.PaymentForm(request.POST, request.FILES)
    return _stepped(
        request,
        order,
        form,
        lambda: services.show_payment(request.actor, order=order, **form.cleaned_data),
        payment_form=form,
    )


@login_required
@require_POST
def content_order_confirmation(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, pk, services.confirm_payment)


def _pressed(
    request: PageRequest, pk: uuid.UUID, service: Callable[..., ContentOrder]
) -> HttpResponse:
    order = service(request.actor, order=_fetch(request, pk))
    messages.success(request, _("Done. The other side was told."))
    return redirect(order)


def _stepped(
    request: PageRequest,
    order: ContentOrder,
    form: Any,
    service: Callable[[], ContentOrder],
    **bound: Any,
) -> HttpResponse:
    done = submit(form, service)
    if done is None:
        return _shown(request, order, **bound)
    messages.success(request, _("Done. The other side was told."))
    return redirect(done)


def _fetch(request: PageRequest, pk: uuid.UUID) -> ContentOrder:
    mine = ContentOrder.objects.visible_to(request.actor)
    return get_object_or_404(
        mine.select_related("merchant__city", "maker__city", "cooperation"), pk=pk
    )


def _shown(request: PageRequest, order: ContentOrder, **bound: Any) -> HttpResponse:
    actor = request.actor
    context = {
        "order": order,
        "other": order.other_side(actor.party_id),
        "bill": bill_of(order),
        "can_quote": rules.can_quote(actor, order),
        "can_accept": rules.can_accept_quote(actor, order),
        "can_decline": rules.can_decline_order(actor, order),
        "can_withdraw": rules.can_withdraw_order(actor, order),
        "can_show": rules.can_show_piece(actor, order),
        "can_revise": rules.can_ask_revision(actor, order),
        "can_approve": rules.can_approve_piece(actor, order),
        "can_pay": rules.can_show_payment(actor, order),
        "can_confirm": rules.can_confirm_payment(actor, order),
        "quote_form": forms.QuoteForm(),
        "refusal_form": forms.ReasonForm(),
        "piece_form": forms.PieceForm(),
        "revision_form": forms.RevisionForm(),
        "payment_form": forms.PaymentForm(),
        "trail": trail(order).select_related("user"),
    }
    return render_page(request, "content/content_order_detail.html", context | bound)
