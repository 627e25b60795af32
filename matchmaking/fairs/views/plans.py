"""Wishes of who comes, and the operators' plan of meetings."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.fairs import rules, selectors, services
from matchmaking.fairs.models import Fair, Meeting, MeetingPlan, SignUp
from matchmaking.fairs.states import Mark, PlanStatus
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.models import Job
from portal.core.verdict import Refused, unmet
from portal.core.web import render_page, whole_number

TABLES_AT_ONCE = 12
MARKS: list[tuple[str, Any]] = [  # as short as a phone needs them
    (Mark.MUST.value, Mark.MUST.label),
    (Mark.MAYBE.value, Mark.MAYBE.label),
    (Mark.NO.value, gettext_lazy("Do not meet")),
]
REASONS = {
    "no": gettext_lazy("The other side said no"),
    "full": gettext_lazy("No slot was left for both, or others wanted it more"),
    "away": gettext_lazy("One of them has no seat"),
}

# The planner's own sentences are English; by how each begins, what it means here.
FEW: tuple[tuple[str, Any], ...] = (
    ("It has time in", gettext_lazy("It is there in too few slots")),
    ("No more than", gettext_lazy("Too few on the other side, or too many said no")),
    ("", gettext_lazy("Partners and tables are taken")),
)


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
@require_safe
def fair_plan(request: PageRequest, pk: int) -> HttpResponse:
    """The newest plan, or the one asked for: how good it is proved to be, and its grid."""
    fair = _fair(request, pk)
    plans = list(fair.plans.order_by("-number")[:20])
    asked = whole_number(request.GET.get("plan", ""))
    plan = next((one for one in plans if one.number == asked), plans[0] if plans else None)
    job = Job.objects.filter(kind=services.KIND, key=str(fair.pk)).order_by("-created_at").first()
    context = {
        "fair": fair,
        "plans": plans,
        "plan": plan,
        "job": job,
        "can_plan": rules.can_plan_meetings(request.actor, fair),
        **(_shown(request, fair, plan) if plan else {}),
    }
    return render_page(request, "fairs/fair_plan.html", context, partial="job")


@login_required
@require_POST
def fair_planning(request: PageRequest, pk: int) -> HttpResponse:
    fair = _fair(request, pk)
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
        services.move_meeting(request.actor, meeting=meeting, place=place, seen=_seen(request))
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
    return redirect(f"{grid}?plan={meeting.plan.number}&from={first}#grid")


def _marks(request: PageRequest) -> dict[uuid.UUID, str]:
    found = {}
    for name, value in request.POST.items():
        if name.startswith("mark-"):
            try:
                found[uuid.UUID(name.removeprefix("mark-"))] = str(value)
            except ValueError:
                continue
    return found


def _fair(request: PageRequest, pk: int) -> Fair:
    seen = Fair.objects.visible_to(request.actor).select_related("city", "occasion")
    fair = get_object_or_404(seen, pk=pk)
    rules.can_run_fairs(request.actor).require()
    return fair


def _plans(request: PageRequest) -> Any:
    """Of fairs this person sees; a stranger to plans gets 403 with the reason."""
    rules.can_run_fairs(request.actor).require()
    return MeetingPlan.objects.filter(fair__in=Fair.objects.visible_to(request.actor))


def _shown(request: PageRequest, fair: Fair, plan: MeetingPlan) -> dict[str, Any]:
    plan.fair = fair
    first = min(whole_number(request.GET.get("from", "")), max(0, fair.tables - 1))
    published = fair.plans.filter(status=PlanStatus.PUBLISHED).exclude(pk=plan.pk).first()
    return {
        "kpis": _kpis(plan),
        "change": selectors.difference(published, plan) if published else None,
        "published": published,
        "grid": selectors.grid_of(plan, first, TABLES_AT_ONCE),
        "first": first,
        "parts": range(0, fair.tables, TABLES_AT_ONCE),
        "unmet": _named(plan),
        "spread": selectors.spread_of(plan),
        "limits": selectors.sizes_in_words(clock.day_of(fair.starts_at)),
        "can_change": rules.can_change_plan(request.actor, fair, plan),
        "can_publish": rules.can_publish_plan(request.actor, fair, plan),
    }


def _kpis(plan: MeetingPlan) -> list[dict[str, Any]]:
    count = plan.meetings.count()
    spread = {kind: value for kind, value in plan.gini.items() if value is not None}
    return [
        {"label": _("Value of both sides' wishes"), "value": f"{plan.value:,.0f}"},
        {"label": _("Proven bound"), "value": f"{plan.upper_bound:,.0f}"},
        {"label": _("Gap"), "value": f"{plan.gap_percent:.2f}", "unit": "%"},
        {"label": _("Meetings"), "value": f"{count:,}"},
        {"label": _("Unmet wishes"), "value": f"{len(plan.lacking):,}"},
        {
            "label": _("Gini of brands' meetings"),
            "value": f"{spread['merchant']:.2f}" if "merchant" in spread else "—",
        },
    ]


def _named(plan: MeetingPlan) -> list[dict[str, Any]]:
    """Wishes without a meeting and parties with too few, by name."""
    lacking, few = plan.lacking[:50], plan.unmet[:50]
    keys = {row[name] for row in lacking for name in ("sign_up", "other")}
    keys |= {row["id"] for row in few}
    rows = SignUp.objects.filter(pk__in=keys).select_related("party")
    names = {str(row.pk): row.party.name for row in rows}
    return [
        *(
            {
                "name": names.get(row["id"], "—"),
                "other": "",
                "said": f"{row['got']} / {row['wanted']}",
                "reason": next(said for start, said in FEW if row["reason"].startswith(start)),
            }
            for row in few
        ),
        *(
            {
                "name": names.get(row["sign_up"], "—"),
                "other": names.get(row["other"], "—"),
                "said": str(Mark.MUST.label),
                "reason": REASONS[row["reason"]],
            }
            for row in lacking
        ),
    ]
