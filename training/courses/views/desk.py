"""The operators' desk: the year's plan with its progress, sessions, courses."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, whole_number
from training.courses import rules, selectors
from training.courses.models import Programme
from training.courses.tables import COURSES, SESSIONS

FIRST_YEAR = 2025


@login_required
@require_safe
def training_desk(request: PageRequest) -> HttpResponse:
    rules.can_run_training(request.actor).require()
    this_year = clock.today().year
    asked = whole_number(request.GET.get("year", ""))
    year = asked if FIRST_YEAR <= asked <= this_year + 1 else this_year
    context = {
        "year": year,
        "years": [one for one in range(this_year - 1, this_year + 2) if one >= FIRST_YEAR],
        "plan": selectors.year_plan(year),
        "table": read_table(request, SESSIONS),
    }
    return render_page(request, "courses/training_desk.html", context, partial="table")


@login_required
@require_safe
def course_register(request: PageRequest) -> HttpResponse:
    rules.can_run_training(request.actor).require()
    context = {
        "table": read_table(request, COURSES),
        "programmes": Programme.objects.order_by("code"),
    }
    return render_page(request, "courses/course_register.html", context, partial="table")
