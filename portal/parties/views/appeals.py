"""Appeals of one's own party: against a refusal, a suspension, or a returned document."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.actor import Actor
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties import forms, rules, selectors, services
from portal.parties.models import Party, PartyAppeal


@login_required
@require_http_methods(["GET", "POST"])
def party_appeal_create(request: PageRequest, pk: int, about: str, key: str) -> HttpResponse:
    """`about` names the kind of decision, `key` which one."""
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    subject = selectors.appealable(party, about, key)
    rules.can_appeal(request.actor, party, subject).require()
    is_post = request.method == "POST"
    form = forms.AppealForm(request.POST if is_post else None, request.FILES if is_post else None)
    appeal = submit(
        form,
        lambda: services.file_appeal(
            request.actor,
            party=party,
            subject=subject,
            text=form.cleaned_data["text"],
            evidence=form.evidence(),
        ),
    )
    if appeal is not None:
        messages.success(request, _("Filed. Somebody who did not decide answers you."))
        return redirect(appeal)
    context = {"party": party, "form": form, "about": about, "subject": subject}
    return render_page(request, "parties/appeal_create.html", context)


@login_required
@require_safe
def party_appeal_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    related = ("party", "document__kind", "decision")
    mine = PartyAppeal.objects.visible_to(request.actor).select_related(*related)
    appeal = get_object_or_404(mine, pk=pk)
    rules.can_manage_party(request.actor, appeal.party).require()
    context = {
        "appeal": appeal,
        "decision": getattr(appeal, "decision", None),
        "evidence": appeal.evidence.all(),
        "can_withdraw": rules.can_withdraw_appeal(request.actor, appeal),
        "trail": trail(appeal).select_related("user"),
    }
    return render_page(request, "parties/appeal_detail.html", context)


@login_required
@require_POST
def party_appeal_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    mine = PartyAppeal.objects.visible_to(request.actor).select_related("party")
    appeal = services.withdraw_appeal(request.actor, appeal=get_object_or_404(mine, pk=pk))
    messages.success(request, _("Withdrawn."))
    return redirect(appeal)


def to_appeal(actor: Actor, party: Party) -> str:
    """Where this person appeals against what keeps the party from working; "" if they may not."""
    standing = selectors.standing_decision(party)
    if standing is None or not rules.can_appeal(actor, party, standing[1]):
        return ""
    return reverse("party_appeal_create", args=[party.pk, standing[0], standing[1].pk])
