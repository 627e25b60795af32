"""The year's targets, and who stands behind each number."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.templatetags.ui import num
from portal.core.web import render_page
from portal.goals import rules, selectors
from portal.goals.selectors import GoalLine
from portal.goals.states import Goal, Reach
from portal.goals.tables import SEATS, TABLES


@login_required
@require_safe
def goal_list(request: PageRequest) -> HttpResponse:
    """Every target of the year, with what is reached and where today's pace leads."""
    rules.can_see_goals(request.actor).require()
    context = {
        "board": selectors.goals_of(request.actor),
        "fairs": selectors.fair_goals(clock.today()),
        "training": selectors.training_goals(clock.today()),
        "regions": selectors.regions_seen(request.actor),
        "months": selectors.new_brand_months(),
    }
    return render_page(request, "goals/goal_list.html", context)


@login_required
@require_safe
def goal_detail(request: PageRequest, code: str) -> HttpResponse:
    """Everybody one number looks at, the largest first."""
    rules.can_see_goals(request.actor).require()
    if code not in Goal.values:
        raise Http404
    goal, board = Goal(code), selectors.goals_of(request.actor)
    line = next((line for line in board.lines if line.goal == goal), None)
    context = {
        "goal": goal,
        "line": line,
        "figures": _figures(line, request.path) if line else [],
        "table": read_table(request, TABLES[goal]),
    }
    return render_page(request, "goals/goal_detail.html", context, partial="table")


@login_required
@require_safe
def goal_seats(request: PageRequest, code: str) -> HttpResponse:
    """Everybody of a kind with a seat at a fair of this year."""
    rules.can_see_goals(request.actor).require()
    if code not in SEATS:
        raise Http404
    found = selectors.fair_goals(clock.today())
    context = {
        "line": next((line for line in found if line.code == code), None),
        "year": clock.today().year,
        "table": read_table(request, SEATS[code]),
    }
    return render_page(request, "goals/goal_seats.html", context, partial="table")


def _figures(line: GoalLine, path: str) -> list[dict[str, Any]]:
    """As `components/kpis.html` takes them."""
    behind = line.reached < line.due
    asked = _("the calendar asks for %(n)s by now") % {"n": num(line.due)}
    return [
        {
            "label": _("Past the threshold"),
            "value": num(line.reached),
            "unit": f"/ {num(line.target)}",
            "url": f"{path}?state={Reach.PAST}",
            "note": asked,
            "tone": "" if behind else "ok",
        },
        {
            "label": _("At the end of the year, at today's pace"),
            "value": num(line.projected),
            "note": _("net so far × days of the year ÷ days gone"),
        },
        {
            "label": _("On the way at today's pace"),
            "value": num(line.projected - line.reached),
            "url": f"{path}?state={Reach.ON_PACE}",
            "note": _("not there yet"),
        },
    ]
