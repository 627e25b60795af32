"""One's day at a fair for calendars and on paper; the operators' tables and badges on paper."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking.fairs import rules, selectors, services
from matchmaking.fairs.models import Fair, SignUp
from matchmaking.fairs.states import PlanStatus
from matchmaking.fairs.tokens import AGENDA
from matchmaking.fairs.views.day import badge_address
from portal.core.calendars import render_feed
from portal.core.documents import pdf_file, render_pdf
from portal.core.http import PageRequest


@require_safe
def agenda_feed(request: PageRequest, token: str) -> HttpResponse:
    """For a calendar that subscribes: whoever has the address. No contacts stand in it."""
    try:
        key, number = signing.loads(token, salt=AGENDA)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Http404 from error
    sign_up = get_object_or_404(SignUp.objects.whole(), pk=key, feed=number, feed__gt=0)
    events = selectors.calendar_of(sign_up, request.build_absolute_uri(sign_up.get_absolute_url()))
    body = render_feed(events, sign_up.fair.title)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def sign_up_feed(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """A new address, or none: the one before opens nothing any more."""
    sign_up = get_object_or_404(SignUp.objects.visible_to(request.actor).whole(), pk=pk)
    is_on = request.POST.get("on") == "1"
    services.change_feed(request.actor, sign_up=sign_up, is_on=is_on)
    messages.success(request, _("A new address.") if is_on else _("The address is closed."))
    return redirect(sign_up)


@login_required
@require_safe
def fair_tables(request: PageRequest, pk: int) -> HttpResponse:
    """The published plan to hang up: a table a block, its meetings in order."""
    fair = _fair(request, pk)
    plan = get_object_or_404(fair.plans.filter(status=PlanStatus.PUBLISHED))
    made = render_pdf("fairs/tables.typ", selectors.paper_of_plan(plan))
    return pdf_file(made, f"{fair.number}-tables")


@login_required
@require_safe
def fair_badges(request: PageRequest, pk: int) -> HttpResponse:
    """Everybody with a seat, eight badges a sheet."""
    fair = _fair(request, pk)
    rows = SignUp.objects.seated().filter(fair=fair).whole().order_by("party__name", "pk")
    addresses = {row.pk: badge_address(request, row) for row in rows}
    made = render_pdf("fairs/badges.typ", selectors.paper_of_badges(fair, list(rows), addresses))
    return pdf_file(made, f"{fair.number}-badges")


def _fair(request: PageRequest, pk: int) -> Fair:
    seen = Fair.objects.visible_to(request.actor).select_related("city", "occasion")
    fair = get_object_or_404(seen, pk=pk)
    rules.can_run_fairs(request.actor).require()
    return fair
