"""Wishes of who comes, and what operators do with the plan of meetings."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from matchmaking.fairs import rules, selectors, services
from matchmaking.fairs.models import Fair, Meeting, MeetingPlan, SignUp
from matchmaking.fairs.states import Mark
from portal.core.http import PageRequest
from portal.core.verdict import Refused, unmet
from portal.core.web import render_page, whole_number

TABLES_AT_ONCE = 12  # of the grid
MARKS: list[tuple[str, Any]] = [  # as short as a phone needs them
    (Mark.MUST.value, Mark.MUST.label),
    (Mark.MAYBE.value, Mark.MAYBE.label),
    (Mark.NO.value, gettext_lazy("Do not meet")),
]


@login_required
@require_http_methods(["GET", "POST"])
def sign_up_wishes(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Must, maybe or no of each on the other side; by keyboard and without JavaScript."""
    sign_up = get_object_or_404(SignUp.objects.visible_to(request.actor).whole(), pk=pk)
    rules.can_wish(request.actor, sign_up).require()
    if request.method == "POST":
        changed = services.make_wishes(request.actor, sign_up=sign_up, marks=_marks(request))
        words = ngettext("%(n)s wish changed.", "%(n)s wishes changed.", changed)
        messages.success(request, words % {"n": changed})
        return redirect(_from_where(request, sign_up))
    context = {
        "sign_up": sign_up,
        "fair": sign_up.fair,
        "candidates": selectors.candidates_of(sign_up),
        "marks": [("", _("Nothing yet")), *MARKS],
    }
    return render_page(request, "fairs/sign_up_wishes.html", context)


def _from_where(request: PageRequest, sign_up: SignUp) -> str:
    """One mark is made in a list of the fair's page, too: back to its row there."""
    anchor = request.POST.get("back", "")
    if not anchor.replace("-", "").isalnum():
        return reverse("sign_up_wishes", args=[sign_up.pk])
    query = QueryDict(request.POST.get("query", "")[:500]).urlencode()
    return f"{sign_up.fair.get_absolute_url()}?{query}#{anchor}"


@login_required
@require_POST
def fair_planning(request: PageRequest, pk: int) -> HttpResponse:
    fair = fair_seen(request, pk)
    seed = whole_number(request.POST.get("seed", ""))
    services.start_plan(request.actor, fair=fair, seed=seed)
    messages.success(request, _("The planner is at work; the draft stands here when it is done."))
    return redirect("fair_plan", pk=fair.pk)


@login_required
@require_POST
def plan_publication(request: PageRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(_plans(request), pk=pk)
    services.publish_plan(request.actor, plan=plan, seen=_seen(request))
    messages.success(request, _("Published. Everybody whose day it changes is told."))
    return redirect("fair_plan", pk=plan.fair_id)


@login_required
@require_POST
def meeting_fixing(request: PageRequest, pk: int) -> HttpResponse:
    """Have a meeting stand when the plan is made anew, or no longer."""
    meeting = _meeting(request, pk)
    fixed = request.POST.get("fixed") == "1"
    services.fix_meeting(request.actor, meeting=meeting, fixed=fixed, seen=_seen(request))
    return _back(meeting)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_move(request: PageRequest, pk: int) -> HttpResponse:
    """To another table or time: where it fits, as a list; the grid sends here, too."""
    meeting = _meeting(request, pk)
    rules.can_change_plan(request.actor, meeting.plan.fair, meeting.plan).require()
    if request.method == "POST":
        place = rules.Place(*_place(request))
        seen = _seen(request)
        meeting = services.move_meeting(request.actor, meeting=meeting, place=place, seen=seen)
        messages.success(request, _("Moved, and fixed there."))
        return _back(meeting)
    context = {
        "meeting": meeting,
        "plan": meeting.plan,
        "fair": meeting.plan.fair,
        "places": selectors.places_for(meeting),
    }
    return render_page(request, "fairs/meeting_move.html", context)


def _meeting(request: PageRequest, pk: int) -> Meeting:
    rows = Meeting.objects.filter(plan__in=_plans(request))
    rows = rows.select_related("plan__fair__city", "left__party", "right__party")
    return get_object_or_404(rows, pk=pk)


def _seen(request: PageRequest) -> int | None:
    return whole_number(request.POST.get("version", "")) or None


def _place(request: PageRequest) -> tuple[int, int]:
    """`slot:table`, as the list and the grid send it."""
    slot, gap, table = request.POST.get("place", "").partition(":")
    if not (gap and slot.isdecimal() and table.isdecimal() and len(slot) + len(table) < 9):
        raise Refused(unmet(_("Choose a table and a time.")))
    return int(slot), int(table)


def _back(meeting: Meeting) -> HttpResponse:
    """To the part of the grid where it stands now."""
    first = meeting.table // TABLES_AT_ONCE * TABLES_AT_ONCE
    grid = reverse("fair_plan", args=[meeting.plan.fair_id])
    return redirect(f"{grid}?plan={meeting.plan.number}&from={first}#board")


def _marks(request: PageRequest) -> dict[uuid.UUID, str]:
    found = {}
    for name, value in request.POST.items():
        if name.startswith("mark-"):
            try:
                found[uuid.UUID(name.removeprefix("mark-"))] = str(value)
            except ValueError:
                continue
    return found


def fair_seen(request: PageRequest, pk: int) -> Fair:
    seen = Fair.objects.visible_to(request.actor).select_related("city", "occasion")
    fair = get_object_or_404(seen, pk=pk)
    rules.can_run_fairs(request.actor).require()
    return fair


def _plans(request: PageRequest) -> Any:
    """Of fairs this person sees; a stranger to plans gets 403 with the reason."""
    rules.can_run_fairs(request.actor).require()
    return MeetingPlan.objects.filter(fair__in=Fair.objects.visible_to(request.actor))
