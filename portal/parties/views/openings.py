"""When a shop was opened: what its party said of it, and a form for the day."""

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
from portal.parties.models import OwnedAccount, ShopOpening
from portal.parties.states import OpeningStatus, Platform

SHOWN = 20


@login_required
@require_http_methods(["GET", "POST"])
def shop_opening(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The day that counts, those said before, and a form for another."""
    shops = OwnedAccount.objects.visible_to(request.actor).filter(platform=Platform.SHOP)
    account = get_object_or_404(shops.select_related("party__city"), pk=pk)
    is_post = request.method == "POST"
    if is_post:
        rules.can_say_opening(request.actor, account).require()
    form = forms.OpeningForm(request.POST if is_post else None, request.FILES if is_post else None)
    said = submit(
        form,
        lambda: services.say_opening(request.actor, account=account, **form.cleaned_data),
    )
    if said is not None:
        messages.success(request, _("Handed in. A person looks at the picture and answers."))
        return redirect("shop_opening", account.pk)
    openings = list(account.openings.order_by("-said_at")[:SHOWN])
    waiting = next((one for one in openings if one.status == OpeningStatus.SAID), None)
    context = {
        "party": account.party,
        "account": account,
        "openings": openings,
        "standing": next((one for one in openings if one.status == OpeningStatus.VERIFIED), None),
        "waiting": waiting,
        "form": form,
        "can_say": rules.can_say_opening(request.actor, account),
        "can_withdraw": waiting and rules.can_withdraw_opening(request.actor, waiting),
        "can_see": rules.can_read_screenshot(request.actor, account),
    }
    return render_page(request, "parties/shop_opening.html", context)


@login_required
@require_POST
def shop_opening_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back a day that nobody has answered yet."""
    mine = OwnedAccount.objects.visible_to(request.actor)
    openings = ShopOpening.objects.filter(account__in=mine).select_related("account__party")
    opening = get_object_or_404(openings, pk=pk)
    services.withdraw_opening(request.actor, opening=opening)
    messages.success(request, _("Taken back."))
    return redirect("shop_opening", opening.account_id)
