"""The operators' desk: the bank of questions, a course's quiz and assignment, all works."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from training.assessment import forms, rules, services
from training.assessment.models import Assignment, Question, Quiz
from training.assessment.reading import in_letters
from training.assessment.states import QuestionKind
from training.assessment.tables import QUESTIONS, WORKS
from training.courses.models import Course

QUIZ = {"questions": 10, "pass_mark": 80, "attempts": 3, "wait_hours": 1, "minutes": 20}
ASSIGNMENT = {"pass_mark": 60, "apart": 20, "attempts": 2, "days": 5}


@login_required
@require_safe
def question_register(request: PageRequest) -> HttpResponse:
    rules.can_write_bank(request.actor).require()
    context = {"table": read_table(request, QUESTIONS)}
    return render_page(request, "assessment/question_register.html", context, partial="table")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_create(request: PageRequest, code: str) -> HttpResponse:
    course = _course(request, code)
    form = forms.QuestionForm(request.POST if request.method == "POST" else None)
    made = submit(
        form,
        lambda: services.create_question(request.actor, course=course, fields=form.fields_given()),
    )
    if made is not None:
        messages.success(request, _("The question is in the bank."))
        return redirect("question_create", code=code)
    return render_page(request, "assessment/question_edit.html", {"form": form, "course": course})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: PageRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = forms.QuestionForm(sent, initial=_initial(question))
    changed = submit(
        form,
        lambda: services.change_question(
            request.actor, question=question, fields=form.fields_given()
        ),
    )
    if changed is not None:
        messages.success(request, _("Saved."))
        return redirect(changed)
    context = {
        "form": form,
        "course": question.course,
        "question": question,
        "times": question.asked_in.filter(is_right__isnull=False).count(),
        "rightly": question.asked_in.filter(is_right=True).count(),
        "can_change": rules.can_change_question(request.actor, question),
        "can_retire": rules.can_retire_question(request.actor, question),
        "trail": trail(question).select_related("user"),
    }
    return render_page(request, "assessment/question_edit.html", context)


def _initial(question: Question) -> dict[str, Any]:
    names = ("code", "kind", "topic", "text_zh", "text_en", "explanation_zh", "explanation_en")
    is_true_false = question.kind == QuestionKind.TRUE_FALSE
    return {
        **{name: getattr(question, name) for name in names},
        "options_zh": "" if is_true_false else "\n".join(question.options_zh),
        "options_en": "" if is_true_false else "\n".join(question.options_en),
        "right": in_letters(question.right),
    }


@login_required
@require_POST
def question_retirement(request: PageRequest, pk: int) -> HttpResponse:
    services.retire_question(request.actor, question=_question(request, pk))
    messages.success(request, _("It is asked no more."))
    return redirect("question_register")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quiz_edit(request: PageRequest, code: str) -> HttpResponse:
    course = _course(request, code)
    quiz = Quiz.objects.filter(course=course).first()
    initial = {name: getattr(quiz, name) for name in QUIZ} if quiz else QUIZ
    form = forms.QuizForm(request.POST if request.method == "POST" else None, initial=initial)
    saved = submit(
        form,
        lambda: services.set_quiz(request.actor, course=course, fields=form.fields_given()),
    )
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("quiz_edit", code=code)
    context = {
        "course": course,
        "quiz": quiz,
        "form": form,
        "bank": Question.objects.asked().filter(course=course).count(),
        "bank_url": f"{reverse('question_register')}?course={course.pk}",
    }
    return render_page(request, "assessment/quiz_edit.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_edit(request: PageRequest, code: str) -> HttpResponse:
    course = _course(request, code)
    assignment = Assignment.objects.filter(course=course).first()
    sent = request.POST if request.method == "POST" else None
    form = forms.AssignmentForm(sent, initial=_as_written(assignment))
    saved = submit(
        form,
        lambda: services.set_assignment(request.actor, course=course, fields=form.fields_given()),
    )
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("assignment_edit", code=code)
    context = {"course": course, "assignment": assignment, "form": form}
    return render_page(request, "assessment/assignment_edit.html", context)


def _as_written(assignment: Assignment | None) -> dict[str, Any]:
    if assignment is None:
        return dict(ASSIGNMENT)
    names = ("brief_zh", "brief_en", *ASSIGNMENT)
    criteria = assignment.criteria.order_by("position")
    markers = assignment.markers.order_by("pk").values_list("user__email", flat=True)
    return {
        **{name: getattr(assignment, name) for name in names},
        "criteria": "\n".join(f"{c.text_zh} | {c.text_en} | {c.points}" for c in criteria),
        "markers": "\n".join(mail or "" for mail in markers),
    }


@login_required
@require_safe
def work_register(request: PageRequest) -> HttpResponse:
    """All works but those that one marks oneself, until they are marked."""
    rules.can_write_bank(request.actor).require()
    context = {"table": read_table(request, WORKS)}
    return render_page(request, "assessment/work_register.html", context, partial="table")


def _course(request: PageRequest, code: str) -> Course:
    rules.can_write_bank(request.actor).require()
    return get_object_or_404(Course.objects.visible_to(request.actor), code=code)


def _question(request: PageRequest, pk: int) -> Question:
    rules.can_write_bank(request.actor).require()
    rows = Question.objects.visible_to(request.actor).select_related("course")
    return get_object_or_404(rows, pk=pk)
