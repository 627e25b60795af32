"""For who teaches: one's sessions, the roster on a phone, the code in the room."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import clock
from portal.core.documents import qr_drawing
from portal.core.forms import Form
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.verdict import Refused, conflict, unmet
from portal.core.web import ordered_page, render_page, submit, whole_number
from training.courses.models import Meeting, Session
from training.courses.rules import can_change_room, can_run_training, can_teach
from training.courses.services import change_room
from training.learning import forms, rules, selectors, services
from training.learning.fields import PresenceFields
from training.learning.models import Enrolment
from training.learning.rules.attendance import DOORS_OPEN
from training.learning.states import Outcome
from training.learning.tables import ALL_ENROLMENTS


@login_required
@require_safe
def teaching_home(request: PageRequest) -> HttpResponse:
    """The sessions one teaches, the next first."""
    rows = Session.objects.taught_by(request.actor.user_id)
    page = ordered_page(
        rows.select_related("course", "pool", "city"),
        request.GET.get("cursor", ""),
        field="starts_at",
        ascending=False,
    )
    return render_page(request, "learning/teaching_home.html", {"page": page})


@login_required
@require_safe
def training_enrolments(request: PageRequest) -> HttpResponse:
    """Everybody's, for who runs the training."""
    can_run_training(request.actor).require()
    context = {"table": read_table(request, ALL_ENROLMENTS)}
    return render_page(request, "learning/training_enrolments.html", context, partial="table")


@login_required
@require_safe
def teaching_session(request: PageRequest, pk: int) -> HttpResponse:
    return _shown(request, _session(request, pk))


def _shown(request: PageRequest, session: Session, **bound: Form) -> HttpResponse:
    rows = selectors.roster_of(session)
    meetings = list(session.meetings.order_by("position"))
    today = selectors.messages_today(session)
    context = {
        "session": session,
        "course": session.course,
        "rows": rows,
        "meetings": meetings,
        "begun": [one for one in meetings if _has_begun(one)],
        "unseen": _unseen(rows),
        "said": selectors.messages_of(request.actor, session),
        "message_form": forms.MessageForm(),
        "room_form": forms.RoomForm(session),
        "can_change_room": can_change_room(request.actor, session),
        "can_tell": rules.can_tell_class(request.actor, session, today),
        "now": clock.now(),
        **bound,
    }
    return render_page(request, "learning/teaching_session.html", context, partial="roster")


@login_required
@require_POST
def teaching_message(request: PageRequest, pk: int) -> HttpResponse:
    """To everybody with a seat."""
    session = _session(request, pk)
    form = forms.MessageForm(request.POST)
    said = submit(
        form,
        lambda: services.tell_class(request.actor, session=session, text=form.cleaned_data["text"]),
    )
    if said is None:
        return _shown(request, session, message_form=form)
    done = ngettext("%(n)s person is told.", "%(n)s people are told.", said.reached)
    messages.success(request, done % {"n": said.reached})
    return redirect("teaching_session", pk=session.pk)


@login_required
@require_POST
def teaching_room(request: PageRequest, pk: int) -> HttpResponse:
    """Another venue or link."""
    session = _session(request, pk)
    form = forms.RoomForm(session, request.POST)
    place = request.POST.get("place", "")
    moved = submit(form, lambda: change_room(request.actor, session=session, place=place))
    if moved is None:
        return _shown(request, session, room_form=form)
    messages.success(request, _("Saved. Everybody who enrolled is told."))
    return redirect("teaching_session", pk=session.pk)


@login_required
@require_POST
def teaching_presence(request: PageRequest, pk: int) -> HttpResponse:
    """Here from the beginning by one tap, from when to when by two times, or not at all."""
    session = _session(request, pk)
    meeting = get_object_or_404(session.meetings, pk=whole_number(request.POST.get("meeting", "")))
    enrolment = get_object_or_404(
        Enrolment.objects.filter(session=session).whole(), pk=_key(request.POST.get("who", ""))
    )
    try:
        _mark(request, enrolment, meeting)
    except Refused as refused:
        messages.error(request, str(refused.verdict.reason))
    return redirect(f"{reverse('teaching_session', args=[session.pk])}#roster")


@login_required
@require_POST
def teaching_everybody(request: PageRequest, pk: int) -> HttpResponse:
    """All but who is ticked as absent, by one press."""
    meeting = _meeting(pk)
    can_teach(request.actor, meeting.session).require()
    absent = [_key(one) for one in request.POST.getlist("absent")]
    count = services.record_everybody(request.actor, meeting=meeting, absent=absent)
    said = ngettext("%(n)s person written down.", "%(n)s people written down.", count)
    messages.success(request, said % {"n": count})
    return redirect(f"{reverse('teaching_session', args=[meeting.session_id])}#roster")


def _mark(request: PageRequest, enrolment: Enrolment, meeting: Meeting) -> None:
    actor, what = request.actor, request.POST.get("do", "")
    if what == "absent":
        services.clear_presence(actor, enrolment=enrolment, meeting=meeting)
        return
    if what == "times":
        form = forms.PresenceForm(request.POST)
        if not form.is_valid():
            raise Refused(unmet(_("Write both times as a day and an hour.")))
        fields = form.fields_given()
    else:
        fields = _by_tap(enrolment, meeting, leaves=what == "left")
    services.record_presence(actor, enrolment=enrolment, meeting=meeting, fields=fields)


def _by_tap(enrolment: Enrolment, meeting: Meeting, *, leaves: bool) -> PresenceFields:
    """While it lasts, of this moment; afterwards, of all of it."""
    now = clock.now()
    known = enrolment.presences.filter(meeting=meeting).first()
    if leaves and known is not None:
        return PresenceFields(known.arrived_at, now)
    if known is not None:
        return PresenceFields(known.arrived_at)
    return PresenceFields(services.seen_from(meeting))


@login_required
@require_safe
def room_code(request: PageRequest, pk: int) -> HttpResponse:
    """What the room's screen shows: a code that changes, so that a photo of it is worth nothing."""
    meeting = _meeting(pk)
    can_teach(request.actor, meeting.session).require()
    code = services.room_code(meeting)
    address = request.build_absolute_uri(reverse("room_scan", args=[code]))
    context = {
        "meeting": meeting,
        "session": meeting.session,
        "drawing": qr_drawing(address),
        "here": meeting.presences.count(),
        "seats": meeting.session.pool.taken,
    }
    return render_page(request, "learning/room_code.html", context, partial="code")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room_scan(request: PageRequest, code: str) -> HttpResponse:
    """What a learner's phone opens: one press, and one is there."""
    meeting = services.meeting_of_code(code)
    seats = selectors.scanned_by(request.actor, meeting)
    if not seats:
        raise Refused(conflict(_("Only who has a seat is on the roster.")))
    if request.method == "POST":
        enrolment = _chosen(seats, request.POST.get("who", ""))
        services.scan_in(request.actor, enrolment=enrolment, code=code)
        messages.success(request, _("%(name)s is on the list.") % {"name": enrolment.learner.name})
        return redirect(enrolment if len(seats) == 1 else request.path)
    here = set(meeting.presences.values_list("enrolment", flat=True))
    context = {
        "meeting": meeting,
        "session": meeting.session,
        "seats": [(one, one.pk in here) for one in seats],
    }
    return render_page(request, "learning/room_scan.html", context)


def _chosen(seats: Sequence[Enrolment], who: str) -> Enrolment:
    """One's own where nobody is named."""
    key = _key(who) if who else seats[0].pk
    found = next((one for one in seats if one.pk == key), None)
    if found is None:
        raise Http404
    return found


def _unseen(rows: Sequence[selectors.RosterRow]) -> list[tuple[Meeting, list[Enrolment]]]:
    """Of each meeting that has begun: who may have been there and is not written down."""
    found: dict[Meeting, list[Enrolment]] = {}
    for row in rows:
        for meeting, presence in row.presences:
            if presence is None and row.enrolment.outcome == Outcome.NONE and _has_begun(meeting):
                found.setdefault(meeting, []).append(row.enrolment)
    return sorted(found.items(), key=lambda one: one[0].position)


def _has_begun(meeting: Meeting) -> bool:
    return meeting.starts_at - DOORS_OPEN <= clock.now()


def _session(request: PageRequest, pk: int) -> Session:
    session = get_object_or_404(Session.objects.visible_to(request.actor).whole(), pk=pk)
    can_teach(request.actor, session).require()
    return session


def _meeting(pk: int) -> Meeting:
    rows = Meeting.objects.select_related("session__course", "session__pool")
    return get_object_or_404(rows, pk=pk)


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error
