"""What pages of a form on its way share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.core.drafts.models import TypedForm
from portal.core.drafts.services import Drafting
from portal.core.http import PageRequest
from portal.core.verdict import Refused
from portal.core.web import render_page, whole_number


def read_draft(request: HttpRequest, draft: TypedForm | None = None) -> tuple[str, int]:
    """Which draft a page belongs to, and its version there: as the page says, or, where it is
    opened, as it is."""
    if request.method != "POST":
        return (str(draft.pk), draft.version) if draft else ("", 0)
    given = request.POST.get("draft", "")
    try:
        key = str(UUID(given)) if given else ""
    except ValueError:
        key = ""
    return key, whole_number(request.POST.get("draft_seen", ""))


def keep_page(
    request: PageRequest,
    drafting: Drafting[Any],
    *,
    values: dict[str, list[str]],
    subject: models.Model | None,
) -> HttpResponse:
    """Keep the form as it is typed. The answer is where it was kept, or that a newer version
    exists; what stands in the page is never taken away."""
    drafting.may_keep(request.actor, subject).require()
    draft_id, seen = read_draft(request)
    context: dict[str, Any] = {"draft_id": draft_id, "draft_seen": seen}
    try:
        draft = drafting.keep(
            request.actor, values=values, draft_id=draft_id, seen=seen, subject=subject
        )
    except Refused as refused:
        if not request.htmx:
            raise
        newer = drafting.model.address(subject.pk if subject else None, draft_id)
        context |= {"stale": refused.verdict, "newer": newer}
        return render_page(request, "core/autosave.html", context)
    context |= {"draft_id": str(draft.pk), "draft_seen": draft.version, "draft": draft}
    if not request.htmx:
        return redirect(draft)
    response = render_page(request, "core/autosave.html", context)
    response["HX-Replace-Url"] = draft.get_absolute_url()  # so that a reload brings it back
    return response
