"""For who learns: the quiz of a course, an attempt, the assignment, feedback."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import clock
from portal.core.files import store_file
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from training.assessment import forms, rules, selectors, services
from training.assessment.files import WORK
from training.assessment.forms import answers_given
from training.assessment.models import Assignment, Attempt, Feedback, Quiz, Work
from training.learning.models import Enrolment
from training.learning.rules import is_own_study


@login_required
@require_safe
def quiz_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """What the quiz is like, the attempts so far, and when another may begin."""
    enrolment = _enrolment(request, pk)
    quiz = get_object_or_404(Quiz, course=enrolment.session.course_id)
    context = {
        "enrolment": enrolment,
        "course": enrolment.session.course,
        "state": selectors.quiz_state(request.actor, enrolment, quiz),
        "is_own": is_own_study(request.actor, enrolment),
    }
    return render_page(request, "assessment/quiz_detail.html", context)


@login_required
@require_POST
def attempt_create(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The time runs from now on."""
    attempt = services.start_attempt(request.actor, enrolment=_enrolment(request, pk))
    return redirect(attempt)


@login_required
@require_safe
def attempt_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The sheet while it runs, for its learner; then what came of it."""
    attempt = _attempt(request, pk)
    actor = request.actor
    if attempt.is_running:
        is_own_study(actor, attempt.enrolment).require()
    state = selectors.quiz_state(actor, attempt.enrolment, attempt.quiz)
    can_read = rules.can_read_answers(actor, attempt, attempt.quiz, state.attempts)
    return _sheet(request, attempt, state=state, can_read=can_read)


def _sheet(request: PageRequest, attempt: Attempt, **more: Any) -> HttpResponse:
    rows = selectors.sheet_of(attempt)
    context = {
        "attempt": attempt,
        "enrolment": attempt.enrolment,
        "course": attempt.enrolment.session.course,
        "rows": rows,
        "topics": [] if attempt.is_running else selectors.topics_of(rows),
        "answered": sum(row.is_answered for row in rows),
        "now": clock.now(),
        "is_over": attempt.is_running and not rules.is_in_time(attempt, clock.now()),
        **more,
    }
    return render_page(request, "assessment/attempt_detail.html", context, partial="saved")


@login_required
@require_POST
def attempt_answers(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Kept as one goes: the whole sheet, however often."""
    attempt = _attempt(request, pk)
    services.save_answers(request.actor, attempt=attempt, answers=answers_given(request.POST))
    if request.htmx:
        return _sheet(request, attempt)
    messages.success(request, _("Your answers are kept."))
    return redirect(attempt)


@login_required
@require_POST
def attempt_submission(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    attempt = _attempt(request, pk)
    services.submit_attempt(request.actor, attempt=attempt, answers=answers_given(request.POST))
    return redirect(attempt)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The brief with its rubric, one's works with what came of them, and handing in another."""
    enrolment = _enrolment(request, pk)
    assignment = get_object_or_404(
        Assignment.objects.select_related("course"), course=enrolment.session.course_id
    )
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.WorkForm(*sent)
    made = submit(form, lambda: _hand_in(request, enrolment, form))
    if made is not None:
        messages.success(request, _("Handed in. Two people mark it without knowing your name."))
        return redirect("assignment_detail", pk=enrolment.pk)
    return _assignment(request, enrolment, assignment, form)


def _hand_in(request: PageRequest, enrolment: Enrolment, form: forms.WorkForm) -> Work:
    actor, text = request.actor, form.cleaned_data["text"]
    files = [store_file(actor, upload=one, purpose=WORK) for one in form.uploads]
    return services.hand_in_work(
        actor, enrolment=enrolment, text=text, file_ids=[one.pk for one in files]
    )


def _assignment(
    request: PageRequest, enrolment: Enrolment, assignment: Assignment, form: forms.WorkForm
) -> HttpResponse:
    actor = request.actor
    rows = Work.objects.visible_to(actor).filter(enrolment=enrolment)
    works = list(rows.prefetch_related("files__file").order_by("number"))
    judged = selectors.judged_of(works)
    criteria = list(assignment.criteria.order_by("position"))
    context = {
        "enrolment": enrolment,
        "course": assignment.course,
        "assignment": assignment,
        "criteria": criteria,
        "most": sum(one.points for one in criteria),
        "works": [(one, judged.get(one.pk)) for one in reversed(works)],
        "can_hand_in": rules.can_hand_in(actor, enrolment, assignment, works, clock.now()),
        "left": max(0, assignment.attempts - len(works)),
        "form": form,
    }
    return render_page(request, "assessment/assignment_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_create(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    enrolment = _enrolment(request, pk)
    form = forms.FeedbackForm(request.POST if request.method == "POST" else None)
    given = submit(
        form,
        lambda: services.give_feedback(request.actor, enrolment=enrolment, **form.cleaned_data),
    )
    if given is not None:
        messages.success(request, _("Thank you. Nobody reads it with your name."))
        return redirect(enrolment)
    has_given = Feedback.objects.filter(enrolment=enrolment).exists()
    context = {
        "enrolment": enrolment,
        "course": enrolment.session.course,
        "form": form,
        "can_give": rules.can_give_feedback(request.actor, enrolment, has_given, clock.now()),
    }
    return render_page(request, "assessment/feedback_create.html", context)


def _enrolment(request: PageRequest, pk: uuid.UUID) -> Enrolment:
    """Whose party one speaks for; whoever marks the course's works does not come this way."""
    return get_object_or_404(Enrolment.objects.visible_to(request.actor).whole(), pk=pk)


def _attempt(request: PageRequest, pk: uuid.UUID) -> Attempt:
    return get_object_or_404(Attempt.objects.visible_to(request.actor).whole(), pk=pk)
