"""Chat apps that open one's account."""

from __future__ import annotations

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.parties import services
from portal.parties.social import app_names


@login_required
@require_safe
def binding_list(request: PageRequest) -> HttpResponse:
    """What is bound, and what can be."""
    names = app_names(request)
    mine = SocialAccount.objects.filter(user=request.actor.user).order_by("pk")
    context = {
        "bindings": [(account, names.get(account.provider, account.provider)) for account in mine],
        "providers": get_adapter().list_providers(request),
    }
    return render_page(request, "socialaccount/connections.html", context)


@login_required
@require_POST
def binding_end(request: PageRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(SocialAccount, pk=pk, user=request.actor.user)
    name = app_names(request).get(account.provider, account.provider)
    services.unbind_app(request.actor, account=account, name=name)
    messages.success(request, _("Unbound."))
    return redirect("binding_list")
