"""The catalogue, a course's page, a programme's, and the lesson reader."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import ordered_page, render_page
from portal.evaluation.selectors import indicator_names
from portal.parties.states import PartyKind
from training.courses.models import Course, Lesson, Programme, Session
from training.courses.rules import can_run_training
from training.courses.states import CourseKind
from training.learning import rules, selectors, services
from training.learning.selectors import Wanted
from training.learning.selectors.reading import LessonRow
from training.learning.states import Outcome
from training.learning.views.sessions import can_enrol_here

CARDS = 12
MOST_LETTERS = 80


@require_safe
def course_list(request: PageRequest) -> HttpResponse:
    """Everybody looks around; who is rated reads what would help most, and why."""
    wanted = _wanted(request)
    page = ordered_page(
        selectors.courses_for(request.actor, wanted),
        request.GET.get("cursor", ""),
        field="turn",
        ascending=True,
        size=CARDS,
    )
    actor = request.actor
    is_first = not wanted.is_narrowed and not request.GET.get("cursor")
    cards = selectors.cards_of(actor, page.rows)
    programmes = Programme.objects.visible_to(actor).running().order_by("code")
    context = {
        "wanted": wanted,
        "page": page,
        "cards": cards,
        "parts": selectors.in_parts(cards),
        "audiences": PartyKind.choices,
        "kinds": CourseKind.choices,
        "indicators": indicator_names(),
        "months": [(f"{one:%Y-%m}", one) for one in selectors.months_ahead()],
        "month": f"{wanted.month:%Y-%m}" if wanted.month else "",
        "recommended": selectors.recommended_for(actor) if is_first else [],
        "programmes": list(programmes[:8]) if is_first else [],
        "can_run": can_run_training(actor),
    }
    return render_page(request, "learning/course_list.html", context, partial="course-list")


def _wanted(request: PageRequest) -> Wanted:
    given = request.GET
    return Wanted(
        words=given.get("q", "").strip()[:MOST_LETTERS],
        audience=given.get("audience", ""),
        kind=given.get("kind", ""),
        indicator=given.get("indicator", "")[:40],
        month=selectors.month_of(given.get("month", "")),
    )


@require_safe
def course_detail(request: PageRequest, code: str) -> HttpResponse:
    course = _course(request, code)
    actor = request.actor
    reader = selectors.reader_of(actor, course)
    [card] = selectors.cards_of(actor, [course])
    sessions = selectors.sessions_of(actor, course)
    needed = Course.objects.filter(opens__course=course).order_by("code")
    is_in = reader.enrolment is not None or bool(can_run_training(actor))
    names = indicator_names()
    context = {
        "course": course,
        "reader": reader,
        "own": card.own,
        "sessions": sessions,
        "first": _first(request, sessions) if card.own is None else None,
        "key": uuid.uuid4().hex,
        "needed": needed,
        "opens": Course.objects.published().filter(prerequisites__needs=course).order_by("code"),
        "parts": selectors.parts_of(course),
        "progress": selectors.progress_of(reader.enrolment) if reader.enrolment else None,
        "lifts": [names.get(one, one) for one in course.indicators],
        "materials": course.materials.shown().select_related("file").order_by("added_at"),
        "is_in": is_in,
        "can_run": can_run_training(actor),
        "is_completed": bool(card.own and card.own.outcome == Outcome.COMPLETED),
    }
    return render_page(request, "learning/course_detail.html", context)


def _first(request: PageRequest, sessions: Sequence[Session]) -> Session | None:
    """The first with a seat that this person can take at once, for themselves. Who joins late reads
    on the session's own page what was missed."""
    whole = (one for one in sessions if one.is_own_pace or one.starts_at > clock.now())
    free = (one for one in whole if one.is_taking and not one.pool.is_full)
    first = next(free, None)
    if first is None or not can_enrol_here(request, first):
        return None
    me = next(iter(selectors.learners_of(request.actor)), None)
    return None if selectors.missing_prerequisites(first.course, me) else first


@require_safe
def programme_detail(request: PageRequest, code: str) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.actor), code=code)
    steps = list(programme.steps.select_related("course").order_by("position"))
    cards = selectors.cards_of(request.actor, [step.course for step in steps])
    done = sum(bool(one.own and one.own.outcome == Outcome.COMPLETED) for one in cards)
    context = {
        "programme": programme,
        "rows": list(zip(steps, cards, strict=True)),
        "done": done,
        "percent": 100 * done // len(steps) if steps else 0,
    }
    return render_page(request, "learning/programme_detail.html", context)


@require_safe
def lesson_detail(request: PageRequest, code: str, position: int) -> HttpResponse:
    """One lesson with its neighbours; the first is everybody's to read."""
    course = _course(request, code)
    lesson = get_object_or_404(course.lessons, position=position)
    reader = selectors.reader_of(request.actor, course)
    row = next(one for one in reader.rows if one.lesson.pk == lesson.pk)
    enrolment = reader.enrolment
    lesson.course = course
    context = {
        "course": course,
        "lesson": lesson,
        "row": row,
        "reader": reader,
        "before": _beside(reader.rows, position - 1),
        "after": _beside(reader.rows, position + 1),
        "can_finish": rules.can_study(request.actor, enrolment, lesson, clock.now())
        if enrolment and not row.is_done
        else None,
    }
    return render_page(request, "learning/lesson_detail.html", context)


def _beside(rows: Sequence[LessonRow], position: int) -> Lesson | None:
    return next((one.lesson for one in rows if one.lesson.position == position), None)


@login_required
@require_POST
def lesson_completion(request: PageRequest, code: str, position: int) -> HttpResponse:
    """Done; on to the next one, or back to the course with what has come of it."""
    course = _course(request, code)
    lesson = get_object_or_404(course.lessons, position=position)
    enrolment = selectors.reader_of(request.actor, course).enrolment
    if enrolment is None:
        raise Http404
    services.finish_lesson(request.actor, enrolment=enrolment, lesson=lesson)
    enrolment.refresh_from_db(fields=["outcome"])
    if enrolment.outcome == Outcome.COMPLETED:
        messages.success(request, _("You have completed this course."))
        return redirect(course)
    after = course.lessons.filter(position__gt=position).order_by("position").first()
    return redirect(after or course)


def _course(request: PageRequest, code: str) -> Course:
    return get_object_or_404(Course.objects.visible_to(request.actor), code=code)
