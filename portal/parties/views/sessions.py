"""Where one is signed in."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.parties import services
from portal.parties.middleware import SIGN_IN
from portal.parties.models import SignIn, Viewing

MOST = 50


@login_required
@require_safe
def session_list(request: PageRequest) -> HttpResponse:
    running = SignIn.objects.filter(user=request.actor.user, ended_at=None)
    context = {
        "sign_ins": running.order_by("-seen_at")[:MOST],
        "here": request.session.get(SIGN_IN, ""),
        "viewings": Viewing.objects.filter(person=request.actor.user).order_by("-begun_at")[:MOST],
    }
    return render_page(request, "account/session_list.html", context)


@login_required
@require_POST
def session_end(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    sign_in = get_object_or_404(SignIn, pk=pk, user=request.actor.user)
    services.end_session(request.actor, sign_in=sign_in)
    messages.success(request, _("Signed out there."))
    return redirect("session_list")


@login_required
@require_POST
def sessions_end(request: PageRequest) -> HttpResponse:
    """Everywhere but here."""
    services.end_other_sessions(request.actor, keep=request.session.get(SIGN_IN))
    messages.success(request, _("Signed out everywhere else."))
    return redirect("session_list")
