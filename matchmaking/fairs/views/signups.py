"""Signing up, and what becomes of it: the place in line, the offer, the seat."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.fairs import forms, rules, selectors, services
from matchmaking.fairs.models import Fair, SignUp, SignUpDraft
from matchmaking.fairs.star_seats import seats_at
from matchmaking.fairs.states import MeetingResult
from matchmaking.fairs.tokens import agenda_address
from portal.core import clock
from portal.core.drafts.forms import initial_of_typed, typed_into
from portal.core.drafts.views import keep_page, read_draft
from portal.core.http import PageRequest
from portal.core.verdict import Refused, forbidden
from portal.core.web import render_page, submit
from portal.parties.rules import can_manage_party
from portal.seats.rules import can_answer, can_take_up, can_withdraw
from portal.seats.selectors import standing_of
from portal.seats.states import ClaimStatus


@login_required
@require_http_methods(["GET", "POST"])
def sign_up_create(request: PageRequest, pk: int) -> HttpResponse:
    """The acting party's, or one of an agency's creators; each threshold answers at once."""
    opening = _opening(request, pk)
    fair, party = opening.fair, request.actor.party
    if party is None:
        raise Refused(forbidden(rules.NO_PARTY))
    can_manage_party(request.actor, party).require()
    draft = _prepared(request, fair) if request.method == "GET" else None
    draft_id, seen = read_draft(request, draft)
    form = forms.SignUpForm(
        request.POST if request.method == "POST" else None,
        pools=list(opening.pools.values()),
        parties=forms.parties_to_sign_up(party),
        **({"initial": initial_of_typed(forms.SignUpForm, draft.values)} if draft else {}),
    )
    made = submit(
        form,
        lambda: services.sign_up(
            request.actor,
            fair=fair,
            party=form.who,
            fields=form.sign_up_fields(),
        ),
    )
    if made is not None:
        if draft_id:  # what was prepared has done its work
            services.forget_prepared(fair, party)
        messages.success(request, _sentence(made))
        return redirect(made)
    context = {
        "fair": fair,
        "form": form,
        "draft": draft,
        "draft_id": draft_id,
        "draft_seen": seen,
        "checks": selectors.checks_of(fair, party),
        "seats": selectors.seats_of(fair),
        "star_seats": seats_at(fair, request.actor.party),
        "now": clock.now(),
    }
    return render_page(request, "fairs/sign_up_create.html", context)


@login_required
@require_POST
def sign_up_autosave(request: PageRequest, pk: int) -> HttpResponse:
    """Keep the form as it is typed, for the opening second or another day."""
    fair = get_object_or_404(Fair.objects.visible_to(request.actor), pk=pk)
    values = typed_into(forms.SignUpForm, request.POST)
    return keep_page(request, services.PREPARING, values=values, subject=fair)


@login_required
@require_POST
def sign_up_draft_removal(request: PageRequest, draft_id: uuid.UUID) -> HttpResponse:
    own = SignUpDraft.objects.owned_by(request.actor).select_related("party", "fair")
    draft = get_object_or_404(own, pk=draft_id)
    services.PREPARING.discard(request.actor, draft=draft)
    messages.success(request, _("Discarded."))
    return redirect(draft.fair)


@login_required
@require_safe
def sign_up_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    sign_up = _fetch(request, pk)
    may_act = rules.can_act_on_sign_up(request.actor, sign_up)
    claim = sign_up.claim
    standing = standing_of(claim)
    agenda = selectors.agenda_of(sign_up)
    plan = agenda[0].meeting.plan if agenda else None
    context = {
        "sign_up": sign_up,
        "fair": sign_up.fair,
        "standing": standing,
        "way": selectors.way_of(sign_up, standing),
        **selectors.offers_last(claim.occasion),
        "steps": claim.steps.all(),
        "products": sign_up.shown.select_related("product"),
        "may_act": may_act,
        "can_answer": may_act and can_answer(claim),
        "feed": agenda_address(request, sign_up) if may_act else "",
        "can_take_up": may_act and can_take_up(claim, clock.now()),
        "can_withdraw": may_act and can_withdraw(claim),
        "can_wish": rules.can_wish(request.actor, sign_up),
        "agenda": agenda,
        "can_move": plan and rules.can_change_plan(request.actor, sign_up.fair, plan),
        "results": MeetingResult.choices,
    }
    return render_page(request, "fairs/sign_up_detail.html", context)


@login_required
@require_POST
def sign_up_seat(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Take up the seat that is kept."""
    done = services.take_up_offer(request.actor, sign_up=_fetch(request, pk))
    messages.success(request, _("The seat is yours."))
    return redirect(done)


@login_required
@require_POST
def sign_up_answer(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """To what the organiser asked."""
    answer = request.POST.get("answer", "")[:1000]
    done = services.answer_sign_up(request.actor, sign_up=_fetch(request, pk), answer=answer)
    messages.success(request, _("Sent. The organiser answers soon."))
    return redirect(done)


@login_required
@require_POST
def sign_up_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    done = services.withdraw_sign_up(request.actor, sign_up=_fetch(request, pk))
    messages.success(request, _("Withdrawn. A seat goes to who is next."))
    return redirect(done)


def _opening(request: PageRequest, pk: int) -> selectors.Opening:
    try:
        opening = selectors.opening_of(pk)
    except Fair.DoesNotExist as error:
        raise Http404 from error
    if not rules.is_visible_to(request.actor, opening.fair):
        raise Http404
    return opening


def _prepared(request: PageRequest, fair: Fair) -> SignUpDraft | None:
    own = SignUpDraft.objects.owned_by(request.actor).filter(fair=fair)
    return own.select_related("kept_by", "fair").first()


def _fetch(request: PageRequest, pk: uuid.UUID) -> SignUp:
    return get_object_or_404(SignUp.objects.visible_to(request.actor).whole(), pk=pk)


def _sentence(made: SignUp) -> str:
    return {
        ClaimStatus.CONFIRMED.value: _("The seat is yours."),
        ClaimStatus.WAITING.value: _("All seats are taken; you are in line."),
    }.get(made.status, _("Signed up. The organiser answers soon."))
