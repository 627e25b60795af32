"""Operators put courses into programmes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from training.courses import forms, rules, services
from training.courses.models import Programme

STEPS = {"publish": services.publish_programme, "end": services.end_programme}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_create(request: PageRequest) -> HttpResponse:
    rules.can_run_training(request.actor).require()
    form = forms.ProgrammeForm(request.POST if request.method == "POST" else None)
    made = submit(
        form, lambda: services.create_programme(request.actor, fields=form.fields_given())
    )
    if made is not None:
        messages.success(request, _("Kept as a draft. Publish it when it is right."))
        return redirect("programme_edit", code=made.code)
    return render_page(request, "courses/programme_edit.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: PageRequest, code: str) -> HttpResponse:
    programme = _programme(request, code)
    form = forms.ProgrammeForm(
        request.POST if request.method == "POST" else None, programme=programme
    )
    done = submit(
        form,
        lambda: services.change_programme(
            request.actor, programme=programme, fields=form.fields_given()
        ),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("programme_edit", code=done.code)
    context = {"programme": programme, "form": form}
    return render_page(request, "courses/programme_edit.html", context)


@login_required
@require_POST
def programme_step(request: PageRequest, code: str, step: str) -> HttpResponse:
    """Publish, or end."""
    programme = STEPS[step](request.actor, programme=_programme(request, code))
    messages.success(request, _("Saved."))
    return redirect("programme_edit", code=programme.code)


def _programme(request: PageRequest, code: str) -> Programme:
    rules.can_run_training(request.actor).require()
    return get_object_or_404(Programme, code=code)
