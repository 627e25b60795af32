"""What is being written, kept while somebody types; and what needs begin from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matchmaking.needs import forms, rules, services
from matchmaking.needs.models import Need, NeedDraft, NeedTemplate
from matchmaking.needs.views.writing import create_page, read_draft
from portal.core.http import PageRequest
from portal.core.verdict import Refused
from portal.core.web import render_page, whole_number


@login_required
@require_POST
def need_autosave(request: PageRequest) -> HttpResponse:
    """Keep the form as it is typed. The answer is where it was kept, or that a newer version
    exists; what stands in the page is never taken away."""
    need = _need(request)
    rules.can_keep_draft(request.actor, need).require()
    draft_id, seen = read_draft(request)
    context: dict[str, Any] = {"need": need, "draft_id": draft_id, "draft_seen": seen}
    try:
        draft = services.keep_draft(
            request.actor,
            values=forms.typed_values(request.POST),
            draft_id=draft_id,
            seen=seen,
            need=need,
        )
    except Refused as refused:
        if not request.htmx:
            raise
        return render_page(request, "needs/autosave.html", context | {"stale": refused.verdict})
    context |= {"draft_id": str(draft.pk), "draft_seen": draft.version, "draft": draft}
    if not request.htmx:
        return redirect(draft)
    response = render_page(request, "needs/autosave.html", context)
    response["HX-Replace-Url"] = draft.get_absolute_url()  # so that a reload brings it back
    return response


@login_required
@require_http_methods(["GET", "POST"])
def need_draft(request: PageRequest, draft_id: UUID) -> HttpResponse:
    """Go on with what was begun, on this or another machine."""
    own = NeedDraft.objects.owned_by(request.actor).filter(need=None)
    draft = get_object_or_404(own.select_related("kept_by"), pk=draft_id)
    return create_page(request, forms.initial_of_draft(draft), draft)


@login_required
@require_POST
def need_draft_removal(request: PageRequest, draft_id: UUID) -> HttpResponse:
    own = NeedDraft.objects.owned_by(request.actor)
    draft = get_object_or_404(own.select_related("merchant", "need"), pk=draft_id)
    services.discard_draft(request.actor, draft=draft)
    messages.success(request, _("Discarded."))
    return redirect(draft.need) if draft.need else redirect("need_list")


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
