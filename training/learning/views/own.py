"""What one learns and has learned, one's seat, one's calendar; what a party's people learn."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core import clock
from portal.core.audit import trail
from portal.core.calendars import render_feed
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import ordered_page, render_page
from portal.seats import rules as seat_rules
from portal.seats.selectors import standing_of
from training.courses.models import Session
from training.learning import rules, selectors, services
from training.learning.models import Enrolment
from training.learning.parts import reason_in_words
from training.learning.states import Outcome
from training.learning.tables import OF_PARTY
from training.learning.tokens import calendar_address, feed_at


@login_required
@require_safe
def learning_home(request: PageRequest) -> HttpResponse:
    """What runs, what is done, for whichever party it was."""
    rows = Enrolment.objects.whole().filter(learner__user=request.actor.user_id)
    running = list(
        rows.open().filter(outcome=Outcome.NONE).order_by("session__starts_at", "pk")[:50]
    )
    page = ordered_page(
        rows.exclude(outcome=Outcome.NONE),
        request.GET.get("cursor", ""),
        field="ended_at",
        ascending=False,
    )
    progress = selectors.progress_of_many([one for one in running if one.has_seat])
    year = clock.today().year
    done = rows.filter(outcome=Outcome.COMPLETED, ended_at__year=year)
    minutes = sum(found or 0 for found in done.values_list("attended_minutes", flat=True))
    context: dict[str, Any] = {
        "running": [(one, progress.get(one.pk)) for one in running],
        "page": page,
        "kpis": [
            {"label": _("Running"), "value": len(running)},
            {"label": _("Completed this year"), "value": done.count()},
            {"label": _("Hours this year"), "value": f"{minutes / 60:.1f}"},
        ],
        "feed": calendar_address(request, selectors.feed_of(request.actor)),
        "teaches": Session.objects.taught_by(request.actor.user_id).exists(),
        "recommended": selectors.recommended_for(request.actor),
    }
    return render_page(request, "learning/learning_home.html", context)


@login_required
@require_safe
def learning_of_party(request: PageRequest) -> HttpResponse:
    """What the people of the acting party learn and have learned."""
    OF_PARTY.may(request.actor).require()
    context = {"table": read_table(request, OF_PARTY)}
    return render_page(request, "learning/learning_of_party.html", context, partial="table")


@login_required
@require_safe
def enrolment_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    enrolment = _fetch(request, pk)
    actor, now = request.actor, clock.now()
    attendance = selectors.attendance_by_enrolment([enrolment])[enrolment.pk]
    meetings = list(enrolment.session.meetings.order_by("position"))
    context = {
        "enrolment": enrolment,
        "session": enrolment.session,
        "course": enrolment.session.course,
        "standing": standing_of(enrolment.claim),
        "steps": enrolment.claim.steps.order_by("pk"),
        "progress": selectors.progress_of(enrolment),
        "is_own": enrolment.learner.user_id == actor.user_id and enrolment.outcome == Outcome.NONE,
        "attended": list(zip(meetings, attendance.rows, strict=True)),
        "reach": selectors.reach_of(enrolment.session, now, enrolment)
        if enrolment.has_seat and enrolment.outcome == Outcome.NONE and meetings
        else None,
        "why": reason_in_words(enrolment.reason) if enrolment.reason else "",
        "link": enrolment.session.link
        if rules.can_see_link(actor, enrolment.session, enrolment.has_seat)
        else "",
        "can_withdraw": rules.can_withdraw_enrolment(actor, enrolment, now),
        "can_take_up": rules.can_act_on_enrolment(actor, enrolment)
        and seat_rules.can_take_up(enrolment.claim, now),
        "said": selectors.messages_of(actor, enrolment.session) if enrolment.has_seat else [],
        "trail": trail(enrolment).select_related("user"),
        "now": now,
    }
    return render_page(request, "learning/enrolment_detail.html", context)


@login_required
@require_POST
def enrolment_seat(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Yes to the seat that was offered."""
    enrolment = services.take_up_offer(request.actor, enrolment=_fetch(request, pk))
    messages.success(request, _("The seat is yours."))
    return redirect(enrolment)


@login_required
@require_POST
def enrolment_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    enrolment = services.withdraw_enrolment(request.actor, enrolment=_fetch(request, pk))
    messages.success(request, _("Given up. The seat goes to who is next."))
    return redirect(enrolment.session)


@login_required
@require_POST
def learning_feed(request: PageRequest) -> HttpResponse:
    """A new address of one's calendar, or none: the one before opens nothing any more."""
    is_on = request.POST.get("on") == "1"
    services.change_feed(request.actor, is_on=is_on)
    messages.success(request, _("A new address.") if is_on else _("The address is closed."))
    return redirect("learning_home")


@require_safe
def learning_calendar(request: PageRequest, token: str) -> HttpResponse:
    """For a calendar that subscribes: whoever has the address. No contacts stand in it."""
    feed = feed_at(token)
    events = selectors.calendar_of(
        feed.pk, lambda one: request.build_absolute_uri(one.get_absolute_url())
    )
    body = render_feed(events, _("Courses"))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


def _fetch(request: PageRequest, pk: uuid.UUID) -> Enrolment:
    return get_object_or_404(Enrolment.objects.visible_to(request.actor).whole(), pk=pk)
