"""Operators write courses: the course, its lessons, its materials."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.audit import trail
from portal.core.files import store_file
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number
from training.courses import forms, rules, services
from training.courses.files import MATERIAL
from training.courses.models import Course, Lesson, Material

STEPS = {"publish": services.publish_course, "archive": services.archive_course}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def course_create(request: PageRequest) -> HttpResponse:
    rules.can_run_training(request.actor).require()
    form = forms.CourseForm(request.POST if request.method == "POST" else None)
    made = submit(form, lambda: services.create_course(request.actor, fields=form.fields_given()))
    if made is not None:
        messages.success(request, _("Kept as a draft. Write its lessons, then publish it."))
        return redirect("course_edit", code=made.code)
    return render_page(request, "courses/course_create.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def course_edit(request: PageRequest, code: str) -> HttpResponse:
    course = _course(request, code)
    given = request.POST if request.method == "POST" else None
    form = forms.CourseForm(given, course=course)
    done = submit(
        form,
        lambda: services.change_course(request.actor, course=course, fields=form.fields_given()),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("course_edit", code=done.code)
    return _shown(request, course, form=form)


def _shown(request: PageRequest, course: Course, **bound: Any) -> HttpResponse:
    context = {
        "course": course,
        "lessons": course.lessons.defer("text_zh", "text_en").order_by("position"),
        "materials": course.materials.shown().order_by("added_at"),
        "can_publish": rules.can_publish_course(request.actor, course),
        "can_archive": rules.can_archive_course(request.actor, course),
        "can_change": rules.can_change_course(request.actor, course),
        "material_form": forms.MaterialForm(),
        "trail": trail(course).select_related("user"),
    }
    return render_page(request, "courses/course_edit.html", context | bound)


@login_required
@require_POST
def course_step(request: PageRequest, code: str, step: str) -> HttpResponse:
    """Publish, or archive."""
    course = STEPS[step](request.actor, course=_course(request, code))
    messages.success(request, _("Now: %(state)s.") % {"state": course.get_status_display()})
    return redirect("course_edit", code=course.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_create(request: PageRequest, code: str) -> HttpResponse:
    course = _course(request, code)
    form = forms.LessonForm(request.POST if request.method == "POST" else None)
    made = submit(
        form,
        lambda: services.add_lesson(request.actor, course=course, fields=form.fields_given()),
    )
    if made is not None:
        messages.success(request, _("Saved."))
        return redirect("course_edit", code=course.code)
    return render_page(request, "courses/lesson_edit.html", {"course": course, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_edit(request: PageRequest, code: str, position: int) -> HttpResponse:
    course = _course(request, code)
    lesson = get_object_or_404(course.lessons.select_related("course"), position=position)
    names = ("title_zh", "title_en", "text_zh", "text_en", "minutes", "is_required")
    form = forms.LessonForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(lesson, name) for name in names},
    )
    done = submit(
        form,
        lambda: services.change_lesson(request.actor, lesson=lesson, fields=form.fields_given()),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("course_edit", code=course.code)
    context = {"course": course, "lesson": lesson, "form": form}
    return render_page(request, "courses/lesson_edit.html", context)


@login_required
@require_POST
def lesson_move(request: PageRequest, code: str, position: int) -> HttpResponse:
    course = _course(request, code)
    lesson = get_object_or_404(
        Lesson.objects.select_related("course"), course=course, position=position
    )
    place = whole_number(request.POST.get("to", ""))
    services.move_lesson(request.actor, lesson=lesson, position=place)
    return redirect("course_edit", code=course.code)


@login_required
@require_POST
def course_material(request: PageRequest, code: str) -> HttpResponse:
    course = _course(request, code)
    form = forms.MaterialForm(request.POST, request.FILES)

    def add() -> Material:
        with transaction.atomic():
            file = store_file(request.actor, upload=form.cleaned_data["file"], purpose=MATERIAL)
            title = form.cleaned_data["title"]
            return services.add_material(request.actor, course=course, title=title, file_id=file.pk)

    if submit(form, add) is None:
        return _shown(request, course, form=forms.CourseForm(course=course), material_form=form)
    messages.success(request, _("Saved."))
    return redirect("course_edit", code=course.code)


@login_required
@require_POST
def material_removal(request: PageRequest, pk: int) -> HttpResponse:
    rules.can_run_training(request.actor).require()
    material = get_object_or_404(Material.objects.shown().select_related("course"), pk=pk)
    services.remove_material(request.actor, material=material)
    messages.success(request, _("Taken down."))
    return redirect("course_edit", code=material.course.code)


def _course(request: PageRequest, code: str) -> Course:
    rules.can_run_training(request.actor).require()
    return get_object_or_404(Course, code=code)
