"""A sample as its two sides see it, step by step."""

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

from matchmaking.cooperation.models import Cooperation
from matchmaking.samples import forms, rules, selectors, services
from matchmaking.samples.fields import AddressFields
from matchmaking.samples.models import Sample
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit


@login_required
@require_safe
def sample_list(request: PageRequest) -> HttpResponse:
    rules.can_list_samples(request.actor).require()
    rows = selectors.samples_of(request.actor)
    if status := request.GET.get("status", ""):
        rows = rows.filter(status=status)
    context = {
        "page": keyset_page(rows, request.GET.get("cursor", "")),
        "record": request.actor.party and selectors.record_of(request.actor.party),
    }
    return render_page(request, "samples/sample_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sample_create(request: PageRequest, pk: int) -> HttpResponse:
    """Ask for a sample in a cooperation."""
    mine = Cooperation.objects.visible_to(request.actor)
    cooperation = get_object_or_404(mine.select_related("merchant", "provider"), pk=pk)
    rules.can_request_sample(request.actor, cooperation).require()
    form = forms.SampleForm(
        request.POST if request.method == "POST" else None,
        products=selectors.products_to_try(cooperation),
    )
    asked = submit(
        form,
        lambda: services.request_sample(
            request.actor, cooperation=cooperation, fields=form.sample_fields()
        ),
    )
    if asked is not None:
        messages.success(request, _("Asked for. The merchant has seven days to answer."))
        return redirect(asked)
    context = {"form": form, "cooperation": cooperation}
    return render_page(request, "samples/sample_create.html", context)


@login_required
@require_safe
def sample_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _shown(request, _fetch(request, pk))


@login_required
@require_POST
def sample_address(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Unmask the address. Asked by POST, because looking is written down."""
    sample = _fetch(request, pk)
    address = services.reveal_address(request.actor, sample=sample)
    return _shown(request, sample, address=address)


@login_required
@require_POST
def sample_approval(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, pk, services.approve_sample, _("Approved. Send it in 3 working days."))


@login_required
@require_POST
def sample_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, pk, services.withdraw_sample, _("Taken back."))


@login_required
@require_POST
def sample_receipt(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, pk, services.receive_sample, _("Received. The days for the post run."))


@login_required
@require_POST
def sample_refusal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _reasoned(request, pk, services.decline_sample, "refusal_form")


@login_required
@require_POST
def sample_loss(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _reasoned(request, pk, services.lose_sample, "loss_form")


@login_required
@require_POST
def sample_waiver(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _reasoned(request, pk, services.waive_post, "waiver_form")


@login_required
@require_POST
def sample_shipment(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    sample = _fetch(request, pk)
    form = forms.ParcelForm(request.POST)
    sent = submit(
        form,
        lambda: services.ship_sample(request.actor, sample=sample, parcel=form.parcel_fields()),
    )
    return _done(request, sent) if sent else _shown(request, sample, parcel_form=form)


@login_required
@require_POST
def sample_post(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    sample = _fetch(request, pk)
    form = forms.PostForm(request.POST)
    shown = submit(
        form,
        lambda: services.post_sample(
            request.actor, sample=sample, post_url=form.cleaned_data["post_url"]
        ),
    )
    return _done(request, shown) if shown else _shown(request, sample, post_form=form)


def _pressed(
    request: PageRequest, pk: uuid.UUID, service: Callable[..., Sample], sentence: str
) -> HttpResponse:
    sample = service(request.actor, sample=_fetch(request, pk))
    messages.success(request, sentence)
    return redirect(sample)


def _reasoned(
    request: PageRequest, pk: uuid.UUID, service: Callable[..., Sample], name: str
) -> HttpResponse:
    sample = _fetch(request, pk)
    form = forms.ReasonForm(request.POST)
    done = submit(
        form,
        lambda: service(request.actor, sample=sample, reason=form.cleaned_data["reason"]),
    )
    bound: dict[str, Any] = {name: form}
    return _done(request, done) if done else _shown(request, sample, **bound)


def _done(request: PageRequest, sample: Sample) -> HttpResponse:
    messages.success(request, _("Done. The other side was told."))
    return redirect(sample)


def _fetch(request: PageRequest, pk: uuid.UUID) -> Sample:
    return get_object_or_404(selectors.samples_of(request.actor), pk=pk)


def _shown(
    request: PageRequest, sample: Sample, *, address: AddressFields | None = None, **bound: Any
) -> HttpResponse:
    actor = request.actor
    context = {
        "sample": sample,
        "cooperation": sample.cooperation,
        "other": sample.cooperation.other_side(actor.party_id),
        "address": address,
        "can_answer": rules.can_answer_sample(actor, sample),
        "can_withdraw": rules.can_withdraw_sample(actor, sample),
        "can_ship": rules.can_ship_sample(actor, sample),
        "can_receive": rules.can_receive_sample(actor, sample),
        "can_post": rules.can_post_sample(actor, sample),
        "can_waive": rules.can_waive_post(actor, sample),
        "can_reveal": rules.can_reveal_address(actor, sample),
        "refusal_form": forms.ReasonForm(),
        "loss_form": forms.ReasonForm(),
        "waiver_form": forms.ReasonForm(),
        "parcel_form": forms.ParcelForm(),
        "post_form": forms.PostForm(),
        "trail": trail(sample).select_related("user"),
    }
    return render_page(request, "samples/sample_detail.html", context | bound, partial="address")
