"""A party's people: who speaks for it, who is asked to, and who owns it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.actor import Actor
from portal.core.http import PageRequest
from portal.core.verdict import Refused, unmet
from portal.core.web import render_page, submit, whole_number
from portal.parties import abilities, forms, rules, selectors, services
from portal.parties.middleware import PARTY_IN_SESSION
from portal.parties.models import Invitation, Membership, OwnershipOffer, Party
from portal.parties.states import Role


@login_required
@require_http_methods(["GET", "POST"])
def party_members(request: PageRequest, pk: int) -> HttpResponse:
    """Everybody who speaks for the party. A POST invites one more."""
    party = _party(request, pk)
    can_manage = rules.can_manage_members(request.actor, party)
    if request.method == "POST":
        can_manage.require()
    form = forms.InvitationForm(
        request.POST if request.method == "POST" else None,
        roles=rules.roles_to_give(request.actor),
    )
    if submit(form, lambda: _invite(request.actor, party, form)) is not None:
        messages.success(request, _("The invitation is on its way."))
        return redirect("party_members", pk)
    context = {
        "party": party,
        "members": selectors.members_of(request.actor, party),
        "form": form,
        "can_manage": can_manage,
        "invitations": selectors.open_invitations(party) if can_manage else [],
        "offer": selectors.open_offer(party),
        "can_offer": rules.can_offer_ownership(request.actor, party),
        "can_leave": rules.can_leave_party(request.actor, party),
        "roles": list(Role),
        "abilities": abilities.table_of(party),
    }
    return render_page(request, "parties/party_members.html", context)


def _invite(actor: Actor, party: Party, form: forms.InvitationForm) -> Invitation:
    email, phone = form.ways()
    role = Role(form.cleaned_data["role"])
    return services.invite_member(actor, party=party, role=role, email=email, phone=phone)


@login_required
@require_POST
def party_member_role(request: PageRequest, pk: int, member: int) -> HttpResponse:
    membership = _membership(request, pk, member)
    services.change_role(request.actor, membership=membership, role=_role(request))
    messages.success(request, _("Saved."))
    return redirect("party_members", pk)


@login_required
@require_POST
def party_member_removal(request: PageRequest, pk: int, member: int) -> HttpResponse:
    services.remove_member(request.actor, membership=_membership(request, pk, member))
    messages.success(request, _("Removed. They no longer see anything of the party."))
    return redirect("party_members", pk)


@login_required
@require_POST
def party_departure(request: PageRequest, pk: int) -> HttpResponse:
    services.leave_party(request.actor, party=_party(request, pk))
    messages.success(request, _("You left the party."))
    return redirect("workbench")


# --- the ownership -------------------------------------------------------------------------------


@login_required
@require_POST
def party_ownership(request: PageRequest, pk: int) -> HttpResponse:
    """Offer the party to a colleague."""
    party = _party(request, pk)
    rules.can_offer_ownership(request.actor, party).require()
    member = _membership(request, pk, whole_number(request.POST.get("member", "")))
    services.offer_ownership(request.actor, party=party, person=member.user)
    messages.success(request, _("Offered. Until it is accepted you stay the owner."))
    return redirect("party_members", pk)


@login_required
@require_POST
def party_ownership_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    services.withdraw_ownership(request.actor, offer=_offer(request, pk))
    return redirect("party_members", pk)


@login_required
@require_POST
def party_ownership_answer(request: PageRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    if request.POST.get("answer") == "accept":
        services.accept_ownership(request.actor, offer=offer)
        messages.success(request, _("You are the owner now."))
    else:
        services.decline_ownership(request.actor, offer=offer)
    return redirect("party_members", pk)


# --- invitations ---------------------------------------------------------------------------------


@login_required
@require_POST
def party_invitation_sending(request: PageRequest, pk: int, invitation: uuid.UUID) -> HttpResponse:
    found = _invitation(request, pk, invitation)
    services.resend_invitation(request.actor, invitation=found)
    messages.success(
        request, _("Sent again, with a new link. The one sent before no longer works.")
    )
    return redirect("party_members", pk)


@login_required
@require_POST
def party_invitation_withdrawal(
    request: PageRequest, pk: int, invitation: uuid.UUID
) -> HttpResponse:
    found = _invitation(request, pk, invitation)
    services.withdraw_invitation(request.actor, invitation=found)
    return redirect("party_members", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation_answer(request: PageRequest, token: str) -> HttpResponse:
    """The page behind the link: who asks, and yes or no. Whoever is not signed in does that first
    and comes back."""
    known = Invitation.objects.by_token(token).select_related("party__city", "invited_by")
    invitation = get_object_or_404(known)
    if request.method == "POST" and request.POST.get("answer") == "decline":
        services.decline_invitation(request.actor, invitation=invitation)
        messages.success(request, _("Declined."))
        return redirect("home")
    if request.method == "POST":
        membership = services.accept_invitation(request.actor, invitation=invitation)
        request.session[PARTY_IN_SESSION] = membership.party_id
        messages.success(request, _("Welcome. You speak for this party now."))
        return redirect("workbench")
    context = {
        "invitation": invitation,
        "is_open": rules.invitation_is_open(invitation),
        "can_answer": rules.can_answer_invitation(request.actor, invitation),
    }
    return render_page(request, "parties/invitation_answer.html", context)


# --- through the person --------------------------------------------------------------------------


def _party(request: PageRequest, pk: int) -> Party:
    return get_object_or_404(Party.objects.visible_to(request.actor).select_related("city"), pk=pk)


def _membership(request: PageRequest, pk: int, member: int) -> Membership:
    rows = Membership.objects.filter(party=_party(request, pk)).select_related("party", "user")
    return get_object_or_404(rows, pk=member)


def _invitation(request: PageRequest, pk: int, invitation: uuid.UUID) -> Invitation:
    rows = Invitation.objects.filter(party=_party(request, pk)).select_related("party")
    return get_object_or_404(rows, pk=invitation)


def _offer(request: PageRequest, pk: int) -> OwnershipOffer:
    """The offer that waits, or the last that did: an answer too late is told why."""
    party = _party(request, pk)
    rows = OwnershipOffer.objects.filter(party=party).select_related("party")
    return get_object_or_404(rows.order_by("-pk")[:1])


def _role(request: PageRequest) -> Role:
    try:
        return Role(request.POST.get("role", ""))
    except ValueError as error:
        raise Refused(unmet(_("Choose one from the list."))) from error
