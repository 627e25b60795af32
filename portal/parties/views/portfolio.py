"""A provider's own pages of its team and its cases."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties import forms, rules, selectors, services
from portal.parties.models import ClientCase, Party, StaffMember
from portal.parties.profile_states import PictureSlot
from portal.parties.states import PartyKind


def _own_provider(request: PageRequest, pk: int) -> Party:
    mine = Party.objects.visible_to(request.actor).filter(kind=PartyKind.PROVIDER)
    return get_object_or_404(mine.select_related("city"), pk=pk)


@login_required
@require_safe
def staff_list(request: PageRequest, pk: int) -> HttpResponse:
    party = _own_provider(request, pk)
    team = list(selectors.team_of(party))
    context = {
        "party": party,
        "team": team,
        "parts": selectors.team_parts(team),
        "can_add": rules.can_add_staff(request.actor, party),
    }
    return render_page(request, "parties/staff_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def staff_create(request: PageRequest, pk: int) -> HttpResponse:
    party = _own_provider(request, pk)
    rules.can_add_staff(request.actor, party).require()
    form = forms.StaffForm(request.POST if request.method == "POST" else None)
    done = submit(
        form,
        lambda: services.add_staff(request.actor, party=party, fields=form.staff_fields()),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("staff_list", pk=party.pk)
    context = {"party": party, "form": form, "member": None}
    return render_page(request, "parties/staff_edit.html", context)


def _own_member(request: PageRequest, pk: uuid.UUID) -> StaffMember:
    mine = StaffMember.objects.visible_to(request.actor).select_related("party__city")
    return get_object_or_404(mine, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def staff_edit(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    member = _own_member(request, pk)
    rules.can_change_staff(request.actor, member).require()
    form = forms.StaffForm(
        request.POST if request.method == "POST" else None,
        initial=forms.initial_of_staff(member),
    )
    done = submit(
        form,
        lambda: services.change_staff(request.actor, member=member, fields=form.staff_fields()),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect("staff_list", pk=member.party_id)
    context = {"party": member.party, "form": form, "member": member}
    return render_page(request, "parties/staff_edit.html", context)


@login_required
@require_POST
def staff_removal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    member = services.remove_staff(request.actor, member=_own_member(request, pk))
    messages.success(request, _("Taken off the team."))
    return redirect("staff_list", pk=member.party_id)


# --- cases ----------------------------------------------------------------------------------------


@login_required
@require_safe
def client_case_list(request: PageRequest, pk: int) -> HttpResponse:
    party = _own_provider(request, pk)
    context = {
        "party": party,
        "cases": selectors.cases_of(party),
        "can_write": rules.can_write_case(request.actor, party),
    }
    return render_page(request, "parties/client_case_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def client_case_create(request: PageRequest, pk: int) -> HttpResponse:
    party = _own_provider(request, pk)
    rules.can_write_case(request.actor, party).require()
    is_post = request.method == "POST"
    form = forms.ClientCaseForm(
        request.POST if is_post else None, request.FILES if is_post else None
    )
    case = submit(
        form,
        lambda: services.write_case(
            request.actor, party=party, fields=form.case_fields(), evidence=form.evidence()
        ),
    )
    if case is not None:
        messages.success(request, _("Saved. It is shown as your own claim until it is checked."))
        return redirect(case)
    context = {"party": party, "form": form, "case": None}
    return render_page(request, "parties/client_case_edit.html", context)


def _own_case(request: PageRequest, pk: uuid.UUID) -> ClientCase:
    mine = ClientCase.objects.visible_to(request.actor)
    return get_object_or_404(mine.select_related("party__city", "category"), pk=pk)


@login_required
@require_safe
def client_case_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    case = _own_case(request, pk)
    actor = request.actor
    context = {
        "case": case,
        "party": case.party,
        "evidence": case.evidence.all() if rules.can_read_case_evidence(actor, case) else [],
        "picture": selectors.picture_of_case(case.pk),
        "can_set_picture": rules.can_set_picture(actor, case.party, PictureSlot.CASE, case),
        "can_change": rules.can_change_case(actor, case),
        "can_ask": rules.can_ask_check(actor, case),
        "can_recall": rules.can_recall_case(actor, case),
        "can_withdraw": rules.can_withdraw_case(actor, case),
        "trail": trail(case).select_related("user"),
    }
    return render_page(request, "parties/client_case_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def client_case_edit(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    case = _own_case(request, pk)
    rules.can_change_case(request.actor, case).require()
    is_post = request.method == "POST"
    form = forms.ClientCaseForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        initial=forms.initial_of_case(case),
    )
    done = submit(
        form,
        lambda: services.change_case(
            request.actor, case=case, fields=form.case_fields(), evidence=form.evidence()
        ),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect(done)
    context = {"party": case.party, "form": form, "case": case}
    return render_page(request, "parties/client_case_edit.html", context)


@login_required
@require_POST
def client_case_check(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    case = services.ask_check(request.actor, case=_own_case(request, pk))
    messages.success(request, _("Handed in. An operator compares it with the settlements."))
    return redirect(case)


@login_required
@require_POST
def client_case_recall(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    case = services.recall_case(request.actor, case=_own_case(request, pk))
    messages.success(request, _("Taken back."))
    return redirect(case)


@login_required
@require_POST
def client_case_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    case = services.withdraw_case(request.actor, case=_own_case(request, pk))
    messages.success(request, _("Taken down."))
    return redirect("client_case_list", pk=case.party_id)
