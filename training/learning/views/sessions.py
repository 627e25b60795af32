"""A session: its hours, its seats as they are now, and enrolling."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.verdict import forbidden
from portal.core.web import render_page, submit
from portal.parties.rules import can_manage_party
from portal.seats.rules import can_claim
from portal.seats.selectors import standing_of
from training.courses.models import Session
from training.courses.rules import can_run_training, can_teach
from training.learning import forms, rules, selectors, services
from training.learning.benefits import seats_of
from training.learning.models import Enrolment, Learner


@require_safe
def session_detail(request: PageRequest, pk: int) -> HttpResponse:
    """The part with the seats is asked for again every few seconds while it is open."""
    return _shown(request, _session(request, pk))


def _shown(
    request: PageRequest, session: Session, form: forms.EnrolForm | None = None
) -> HttpResponse:
    actor, party = request.actor, request.actor.party
    mine = selectors.enrolment_of(actor, session)
    people = _people(request, session)
    waiting = selectors.waiting_in(session)
    ours = list(_ours(request, session))
    has_seat = mine is not None and mine.has_seat
    context: dict[str, Any] = {
        "session": session,
        "course": session.course,
        "pool": session.pool,
        "waiting": waiting,
        "meetings": session.meetings.order_by("position"),
        "teachers": [str(one.user) for one in session.instructors.select_related("user")],
        "mine": mine,
        "standing": standing_of(mine.claim) if mine else None,
        "ours": ours,
        "form": form or forms.EnrolForm(people),
        "can_enrol": can_enrol_here(request, session),
        "reach": selectors.reach_of(session, clock.now()),
        "now": clock.now(),
        "is_all_enrolled": bool(people) and all(one.enrolment for one in people),
        "link": session.link if rules.can_see_link(actor, session, has_seat) else "",
        "can_run": can_run_training(actor),
        "can_teach": can_teach(actor, session) if actor.is_signed_in else forbidden(""),
        "party": party,
        "most_for_us": seats_of(session, party),
    }
    return render_page(request, "learning/session_detail.html", context, partial="seats")


@login_required
@require_POST
def session_enrolment(request: PageRequest, pk: int) -> HttpResponse:
    """A seat, a place in line, or the reason why not."""
    session = _session(request, pk)
    party = request.actor.party
    if party is None:
        forbidden(_("Register a party first: courses are taken by a party's people.")).require()
    assert party is not None  # noqa: S101 - the refusal above
    form = forms.EnrolForm(_people(request, session), request.POST)
    made = submit(
        form,
        lambda: services.enrol(
            request.actor, session=session, party=party, fields=form.fields_given()
        ),
    )
    if made is None:
        return _shown(request, session, form)
    if made.has_seat:
        messages.success(request, _("The seat is yours."))
    else:
        messages.info(request, _("All seats are taken: you are on the waitlist."))
    return redirect(made)


def can_enrol_here(request: PageRequest, session: Session) -> Any:
    """Why not, if not; without whom and quota, which are asked when somebody is chosen."""
    actor, party = request.actor, request.actor.party
    if not actor.is_signed_in:
        return forbidden(_("Sign in to enrol."))
    if party is None:
        return forbidden(_("Register a party first: courses are taken by a party's people."))
    if not (verdict := rules.can_enrol(session, party)):
        return verdict
    if not (verdict := can_claim(session.occasion, clock.now())):
        return verdict
    learner = Learner.objects.filter(party=party, user=actor.user).first()
    if can_manage_party(actor, party):
        return verdict  # whether somebody else of theirs may is asked for each
    missing = selectors.missing_prerequisites(session.course, learner)
    return rules.prerequisites_are_met(missing)


def _people(request: PageRequest, session: Session) -> list[selectors.PersonOfParty]:
    """Whom this person may enrol: oneself, and as who manages the party everybody of it."""
    actor, party = request.actor, request.actor.party
    if party is None:
        return []
    people = selectors.people_of(party, session)
    if can_manage_party(actor, party):
        return sorted(people, key=lambda one: one.user_id != actor.user_id)
    return [one for one in people if one.user_id == actor.user_id]


def _ours(request: PageRequest, session: Session) -> Any:
    """Enrolments of the party's other people, for who manages it."""
    actor, party = request.actor, request.actor.party
    if party is None or not can_manage_party(actor, party):
        return []
    rows = Enrolment.objects.open().filter(session=session, party=party).whole()
    return rows.exclude(learner__user=actor.user_id).order_by("learner__name")


def _session(request: PageRequest, pk: int) -> Session:
    return get_object_or_404(Session.objects.visible_to(request.actor).whole(), pk=pk)
