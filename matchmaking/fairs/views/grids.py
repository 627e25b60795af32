"""The page of a plan of meetings: how good it is, what it changes, its grid, and what is unmet."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from matchmaking.fairs import rules, selectors, services
from matchmaking.fairs.models import Fair, Meeting, MeetingPlan
from matchmaking.fairs.selectors import Change, Heads, Kept
from matchmaking.fairs.states import PlanStatus
from matchmaking.fairs.views.plans import TABLES_AT_ONCE, fair_seen
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.models import Job
from portal.core.web import render_page, whole_number

UNMET_AT_ONCE = 50
FILES = (
    ("meetings", gettext_lazy("Meetings")),
    ("changes", gettext_lazy("Changes")),
    ("unmet", gettext_lazy("Unmet wishes")),
)


@login_required
@require_safe
def fair_plan(request: PageRequest, pk: int) -> HttpResponse:
    """The newest plan, or the one asked for: how good it is proved to be, and its grid."""
    fair = fair_seen(request, pk)
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


def _shown(request: PageRequest, fair: Fair, plan: MeetingPlan) -> dict[str, Any]:
    plan.fair = fair
    beside = selectors.plan_before(plan)
    change = selectors.difference(beside, plan) if beside else None
    heads = selectors.heads_of(plan, beside)
    return {
        "beside": beside,
        "open_slots": plan.slots - len(plan.pauses),
        "change": change,
        "kpis": _kpis(plan, beside, heads),
        "heads": heads,
        "uneven": selectors.uneven_of(heads),
        "broken": _broken(selectors.kept_rules(plan)),
        "is_published": PlanStatus.PUBLISHED in {plan.status, beside and beside.status},
        "unmet": selectors.unmet_of(plan, UNMET_AT_ONCE),
        "unmet_count": len(plan.unmet) + len(plan.lacking),
        "spread": selectors.spread_of(plan),
        "limits": selectors.sizes_in_words(clock.day_of(fair.starts_at)),
        "can_change": rules.can_change_plan(request.actor, fair, plan),
        "can_publish": rules.can_publish_plan(request.actor, fair, plan),
        "files": FILES if beside else [one for one in FILES if one[0] != "changes"],
        **_grid(request, plan, change),
    }


def _grid(request: PageRequest, plan: MeetingPlan, change: Change | None) -> dict[str, Any]:
    """The part of the tables that is looked at, and the meeting that was taken along to it."""
    tables, last = plan.fair.tables, max(0, plan.fair.tables - 1)
    first = min(whole_number(request.GET.get("from", "")), last)
    first -= first % TABLES_AT_ONCE
    beside = {first - TABLES_AT_ONCE: "prev", first + TABLES_AT_ONCE: "next"}
    return {
        "grid": selectors.grid_of(plan, first, TABLES_AT_ONCE, change),
        "first": first,
        "parts": [
            {"first": one, "last": min(one + TABLES_AT_ONCE, tables), "rel": beside.get(one, "")}
            for one in range(0, tables, TABLES_AT_ONCE)
        ],
        "changes": selectors.changes_of(plan, change, first, TABLES_AT_ONCE) if change else [],
        "held": _held(request, plan),
    }


def _held(request: PageRequest, plan: MeetingPlan) -> Meeting | None:
    asked = whole_number(request.GET.get("hold", ""))
    rows = plan.meetings.filter(pk=asked).select_related("left__party", "right__party")
    held = rows.first() if asked else None
    if held is not None:
        held.plan = plan
    return held


def _broken(kept: Kept) -> list[str]:
    """The hard rules that meetings break now, in words."""
    said = (
        (kept.in_breaks, _("in a break")),
        (kept.nowhere, _("at a table or time that does not exist")),
        (kept.refused, _("with somebody who said no")),
        (kept.without_seat, _("of somebody who gave the seat back")),
    )
    return [f"{count} {words}" for count, words in said if count]


def _kpis(
    plan: MeetingPlan, beside: MeetingPlan | None, heads: list[Heads]
) -> list[dict[str, Any]]:
    places = plan.fair.tables * (plan.slots - len(plan.pauses))
    return [
        {
            "label": _("Value of both sides' wishes"),
            "value": f"{plan.value:,.0f}",
            "note": _beside(beside, f"{beside.value:,.0f}") if beside else "",
        },
        {
            "label": _("Proven bound"),
            "value": f"{plan.upper_bound:,.0f}",
            "note": _("no plan is worth more"),
        },
        {
            "label": _("Gap"),
            "value": f"{plan.gap_percent:.2f}",
            "unit": "%",
            "note": _beside(beside, f"{beside.gap_percent:.2f}%") if beside else "",
        },
        {
            "label": _("Meetings"),
            "value": f"{plan.meetings.count():,}",
            "unit": f"/ {places:,}",
            "note": _a_head(heads),
        },
        {
            "label": _("Unmet wishes"),
            "value": f"{len(plan.lacking) + len(plan.unmet):,}",
            "note": _("each with its reason"),
        },
        {
            "label": _("Gini of brands' meetings"),
            "value": _gini(plan),
            "note": _beside(beside, _gini(beside)) if beside else "",
        },
    ]


def _beside(beside: MeetingPlan, value: str) -> str:
    return _("plan %(n)s: %(value)s") % {"n": beside.number, "value": value}


def _a_head(heads: list[Heads]) -> str:
    mean = {one.is_brands: f"{one.mean:.1f}" for one in heads}
    words = _("a brand %(brand)s, others %(other)s")
    return words % {"brand": mean.get(True, "—"), "other": mean.get(False, "—")}


def _gini(plan: MeetingPlan) -> str:
    value = plan.gini.get("merchant")
    return "—" if value is None else f"{value:.2f}"
