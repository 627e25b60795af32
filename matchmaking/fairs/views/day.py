"""The day: the desk with its board, the badge and its code, one tap for what came of a meeting."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking.fairs import rules, selectors, services
from matchmaking.fairs.models import Fair, SignUp
from matchmaking.fairs.states import MeetingResult
from portal.core import clock
from portal.core.documents import qr_drawing
from portal.core.http import PageRequest
from portal.core.verdict import Refused, unmet
from portal.core.web import render_page
from portal.seats.states import ClaimStatus

SALT, MOST = "fair-badge", 40
MOST_KEPT = 500  # at once; the phone sends the rest after


def badge_token(sign_up: SignUp) -> str:
    """Nobody makes one up: it is signed."""
    return signing.dumps(str(sign_up.pk), salt=SALT)


def badge_address(request: PageRequest, sign_up: SignUp) -> str:
    return request.build_absolute_uri(reverse("badge_detail", args=[badge_token(sign_up)]))


@login_required
@require_safe
def sign_up_badge(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """For the phone or the printer; its code opens the check-in of this seat."""
    seen = SignUp.objects.visible_to(request.actor).whole()
    sign_up = get_object_or_404(seen.seated(), pk=pk)
    drawing = qr_drawing(badge_address(request, sign_up))
    context = {"sign_up": sign_up, "fair": sign_up.fair, "drawing": drawing}
    return render_page(request, "fairs/sign_up_badge.html", context)


@login_required
@require_safe
def badge_detail(request: PageRequest, token: str) -> HttpResponse:
    """What the desk's phone opens when it reads a badge."""
    rules.can_run_fairs(request.actor).require()
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    sign_up = get_object_or_404(SignUp.objects.whole(), pk=key)
    context = {
        "sign_up": sign_up,
        "fair": sign_up.fair,
        "can_check_in": rules.can_check_in(request.actor, sign_up.fair, clock.now()),
    }
    return render_page(request, "fairs/badge_detail.html", context)


@login_required
@require_safe
def fair_desk(request: PageRequest, pk: int) -> HttpResponse:
    """Who is here, and who is not: by name, in the order of names."""
    seen = Fair.objects.visible_to(request.actor).select_related("city", "occasion")
    fair = get_object_or_404(seen, pk=pk)
    rules.can_run_fairs(request.actor).require()
    name = request.GET.get("q", "").strip()[:40]
    rows = SignUp.objects.seated().filter(fair=fair).whole()
    if name:
        rows = rows.filter(party__name__icontains=name)
    context = {
        "fair": fair,
        "q": name,
        "rows": selectors.at_desk(fair, list(rows.order_by("claim__status", "party__name")[:MOST])),
        "board": selectors.board_of(fair),
        "everybody": [
            {"id": str(key), "name": text, "here": status == ClaimStatus.PRESENT}
            for key, text, status in SignUp.objects.seated()
            .filter(fair=fair)
            .order_by("party__name")
            .values_list("pk", "party__name", "claim__status")
        ],
        "can_check_in": rules.can_check_in(request.actor, fair, clock.now()),
    }
    return render_page(request, "fairs/fair_desk.html", context, partial="board")


@login_required
@require_POST
def fair_arrivals(request: PageRequest, pk: int) -> JsonResponse:
    """What the desk's phone kept while it had no network: each is taken, or refused with its
    reason, and may be sent again."""
    seen = Fair.objects.visible_to(request.actor).select_related("city", "occasion")
    fair = get_object_or_404(seen, pk=pk)
    rules.can_run_fairs(request.actor).require()
    done, refused = [], {}
    for key, at in _kept(request.POST.get("kept", "")):
        sign_up = SignUp.objects.filter(fair=fair, pk=key).whole().first() if key else None
        try:
            if sign_up is None or at is None:
                raise Refused(unmet(_("Nobody with this badge has a seat here.")))
            services.check_in(request.actor, sign_up=sign_up, at=at)
            done.append(str(key))
        except Refused as error:
            refused[str(key)] = str(error.verdict.reason)
    return JsonResponse({"done": done, "refused": refused})


def _kept(text: str) -> Iterator[tuple[uuid.UUID | None, datetime | None]]:
    """Badges as they were read: a sign-up or the text of its code, and when."""
    try:
        rows = json.loads(text or "[]")
    except ValueError as error:
        raise Refused(unmet(_("This cannot be read."))) from error
    for row in rows[:MOST_KEPT] if isinstance(rows, list) else []:
        given = row if isinstance(row, dict) else {}
        at = parse_datetime(str(given.get("at", ""))[:40])
        yield _sign_up_key(str(given.get("id", ""))), at if at and at.tzinfo else None


def _sign_up_key(text: str) -> uuid.UUID | None:
    """Of a sign-up's own key, or of the token on its badge."""
    try:
        return uuid.UUID(text)
    except ValueError:
        pass
    try:
        return uuid.UUID(signing.loads(text[:300], salt=SALT))
    except (signing.BadSignature, ValueError):
        return None


@login_required
@require_POST
def sign_up_arrival(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    sign_up = get_object_or_404(SignUp.objects.visible_to(request.actor).whole(), pk=pk)
    services.check_in(request.actor, sign_up=sign_up)
    messages.success(request, _("%(name)s is here.") % {"name": sign_up.party.name})
    return redirect("fair_desk", pk=sign_up.fair_id)


@login_required
@require_POST
def sign_up_outcome(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Of one of this sign-up's meetings."""
    sign_up = get_object_or_404(SignUp.objects.visible_to(request.actor).whole(), pk=pk)
    meeting = get_object_or_404(selectors.meetings_of(sign_up), pk=_number(request))
    result = request.POST.get("result", "")
    if result not in MeetingResult.values:
        raise Refused(unmet(_("Choose what came of it.")))
    services.tell_outcome(
        request.actor, sign_up=sign_up, meeting=meeting, result=MeetingResult(result)
    )
    messages.success(request, _("Kept."))
    return redirect(sign_up)


def _number(request: PageRequest) -> int:
    text = request.POST.get("meeting", "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0
