"""Operators plan sessions: made, changed, opened, cancelled."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core import clock
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number
from training.courses import forms, rules, services
from training.courses.models import Course, Session


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: PageRequest, code: str) -> HttpResponse:
    rules.can_run_training(request.actor).require()
    course = get_object_or_404(Course, code=code)
    like = Session.objects.whole().filter(
        course=course, pk=whole_number(request.GET.get("like", ""))
    )
    sent = request.POST if request.method == "POST" else None
    form = forms.SessionForm(course, sent, like=like.first())
    made = submit(
        form,
        lambda: services.create_session(request.actor, course=course, fields=form.fields_given()),
    )
    if made is not None:
        messages.success(request, _("Planned. Open it when it is right."))
        return redirect("session_edit", pk=made.pk)
    return render_page(request, "courses/session_edit.html", {"course": course, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: PageRequest, pk: int) -> HttpResponse:
    session = _session(request, pk)
    form = forms.SessionForm(
        session.course, request.POST if request.method == "POST" else None, session=session
    )
    done = submit(
        form,
        lambda: services.change_session(request.actor, session=session, fields=form.fields_given()),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("session_edit", pk=done.pk)
    return _shown(request, session, form)


def _shown(
    request: PageRequest,
    session: Session,
    form: forms.SessionForm | None = None,
    reason_form: forms.ReasonForm | None = None,
) -> HttpResponse:
    actor = request.actor
    context = {
        "course": session.course,
        "session": session,
        "form": form or forms.SessionForm(session.course, session=session),
        "reason_form": reason_form or forms.ReasonForm(),
        "can_change": rules.can_change_session(actor, session),
        "can_open": rules.can_open_session(actor, session, clock.now()),
        "can_cancel": rules.may_cancel_session(actor, session),
        "trail": trail(session).select_related("user"),
    }
    return render_page(request, "courses/session_edit.html", context)


@login_required
@require_POST
def session_opening(request: PageRequest, pk: int) -> HttpResponse:
    session = services.open_session(request.actor, session=_session(request, pk))
    messages.success(request, _("Open. Enrolling begins by itself, to the second."))
    return redirect(session)


@login_required
@require_POST
def session_cancellation(request: PageRequest, pk: int) -> HttpResponse:
    """Everybody who enrolled is told why."""
    session = _session(request, pk)
    form = forms.ReasonForm(request.POST)
    gone = submit(
        form,
        lambda: services.cancel_session(
            request.actor, session=session, why=form.cleaned_data["reason"]
        ),
    )
    if gone is None:
        return _shown(request, session, reason_form=form)
    messages.success(request, _("Cancelled. Everybody is told why."))
    return redirect(gone)


def _session(request: PageRequest, pk: int) -> Session:
    rules.can_run_training(request.actor).require()
    return get_object_or_404(Session.objects.whole(), pk=pk)
