"""What is being written, kept while somebody types; and what needs begin from."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matchmaking.needs import forms, selectors, services
from matchmaking.needs.models import Need, NeedDraft, NeedTemplate, ProposalDraft
from matchmaking.needs.views.writing import create_page
from portal.core.drafts.forms import initial_of_typed, typed_into
from portal.core.drafts.views import keep_page
from portal.core.http import PageRequest
from portal.core.web import whole_number


@login_required
@require_POST
def need_autosave(request: PageRequest) -> HttpResponse:
    """Keep the form as it is typed."""
    values = typed_into(forms.NeedForm, request.POST)
    return keep_page(request, services.DRAFTING, values=values, subject=_need(request))


@login_required
@require_http_methods(["GET", "POST"])
def need_draft(request: PageRequest, draft_id: UUID) -> HttpResponse:
    """Go on with what was begun, on this or another machine."""
    own = NeedDraft.objects.owned_by(request.actor).filter(need=None)
    draft = get_object_or_404(own.select_related("kept_by"), pk=draft_id)
    return create_page(request, initial_of_typed(forms.NeedForm, draft.values), draft)


@login_required
@require_POST
def need_draft_removal(request: PageRequest, draft_id: UUID) -> HttpResponse:
    own = NeedDraft.objects.owned_by(request.actor)
    draft = get_object_or_404(own.select_related("merchant", "need"), pk=draft_id)
    services.DRAFTING.discard(request.actor, draft=draft)
    messages.success(request, _("Discarded."))
    return redirect(draft.need) if draft.need else redirect("need_list")


@login_required
@require_POST
def proposal_autosave(request: PageRequest, pk: int) -> HttpResponse:
    """Keep the acting bidder's answer to need `pk` as it is typed."""
    need = get_object_or_404(selectors.whole_needs(request.actor).visible_to(request.actor), pk=pk)
    values = typed_into(forms.ProposalForm, request.POST)
    return keep_page(request, services.ANSWERING, values=values, subject=need)


@login_required
@require_POST
def proposal_draft_removal(request: PageRequest, draft_id: UUID) -> HttpResponse:
    own = ProposalDraft.objects.owned_by(request.actor)
    draft = get_object_or_404(own.select_related("party", "need"), pk=draft_id)
    services.ANSWERING.discard(request.actor, draft=draft)
    messages.success(request, _("Discarded."))
    return redirect(draft)


@login_required
@require_POST
def need_template(request: PageRequest, pk: int) -> HttpResponse:
    """Keep a need as a template."""
    need = get_object_or_404(Need.objects.owned_by(request.actor).select_related("merchant"), pk=pk)
    name = request.POST.get("name", "")[:40]
    template = services.save_template(request.actor, need=need, name=name)
    messages.success(request, _("Kept as the template “%(name)s”.") % {"name": template.name})
    return redirect(need)


@login_required
@require_POST
def need_template_removal(request: PageRequest, pk: int) -> HttpResponse:
    usable = NeedTemplate.objects.usable_by(request.actor)
    template = get_object_or_404(usable.select_related("merchant"), pk=pk)
    services.remove_template(request.actor, template=template)
    messages.success(request, _("Removed."))
    return redirect("need_create")


def _need(request: PageRequest) -> Need | None:
    pk = whole_number(request.POST.get("need", ""))
    own = Need.objects.owned_by(request.actor).select_related("merchant")
    return get_object_or_404(own, pk=pk) if pk else None
