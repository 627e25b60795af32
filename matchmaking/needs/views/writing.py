"""Writing a need: a new one, or a draft again."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matchmaking.needs import forms, rules, selectors, services
from matchmaking.needs.models import NeedDraft, NeedTemplate
from matchmaking.needs.views.needs import own_need
from portal.core.drafts.forms import initial_of_typed, typed_into
from portal.core.drafts.views import read_draft
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number
from portal.parties.models import Party
from portal.parties.states import PartyKind


@login_required
@require_http_methods(["GET", "POST"])
def need_create(request: PageRequest) -> HttpResponse:
    """A new need: empty, from a template, or like another one of one's own."""
    rules.can_create_need(request.actor).require()
    return create_page(request, _beginning(request))


def create_page(
    request: PageRequest, initial: dict[str, Any], draft: NeedDraft | None = None
) -> HttpResponse:
    """The form of a new need, and saving it. What was typed so far goes with it."""
    rules.can_create_need(request.actor).require()
    form = _form(request, cast("Party", request.actor.party), initial)  # the rule above saw one
    draft_id, seen = read_draft(request, draft)
    is_now = request.POST.get("publish") == "1"
    need = submit(
        form,
        lambda: services.create_need(
            request.actor,
            fields=form.need_fields(),
            draft_id=draft_id,
            draft_seen=seen,
            publish=is_now,
        ),
    )
    if need is not None:
        published = _("Published. Invite the candidates you like.")
        saved = _("Saved as a draft. Look at the candidates, then publish.")
        messages.success(request, published if is_now else saved)
        return redirect(need)
    context = {
        "form": form,
        "need": None,
        "can_publish": rules.can_publish_at_once(request.actor),
        "draft": draft,
        "draft_id": draft_id,
        "draft_seen": seen,
        "only_for": selectors.named_in(form),
        "beginnings": selectors.beginnings_for(request.actor),
    }
    return render_page(request, "needs/need_edit.html", context, partial="need-shape")


def _form(request: PageRequest, merchant: Party, initial: dict[str, Any]) -> forms.NeedForm:
    """As it was sent; or, where another kind or price was chosen, with their fields and nothing
    judged yet."""
    if "reshape" in request.POST:
        typed = initial_of_typed(forms.NeedForm, typed_into(forms.NeedForm, request.POST))
        return forms.NeedForm(merchant, initial=typed)
    return forms.NeedForm(
        merchant, request.POST if request.method == "POST" else None, initial=initial
    )


def _beginning(request: PageRequest) -> dict[str, Any]:
    """What the address asks to begin from; empty with sensible days otherwise."""
    like, template = request.GET.get("like", ""), request.GET.get("template", "")
    if named := whole_number(request.GET.get("for", "")):
        party = get_object_or_404(Party.objects.listed().exclude(kind=PartyKind.MERCHANT), pk=named)
        return forms.initial_dates() | {"seeks": party.kind, "only_for": party.pk}
    if like:
        return forms.initial_of_copy(own_need(request, whole_number(like)))
    if template:
        usable = NeedTemplate.objects.usable_by(request.actor)
        return forms.initial_of_template(get_object_or_404(usable, pk=whole_number(template)))
    return forms.initial_dates()


@login_required
@require_http_methods(["GET", "POST"])
def need_edit(request: PageRequest, pk: int) -> HttpResponse:
    need = own_need(request, pk)
    rules.can_edit_need(request.actor, need).require()
    draft = NeedDraft.objects.filter(need=need).select_related("kept_by").first()
    began = initial_of_typed(forms.NeedForm, draft.values) if draft else forms.initial_of_need(need)
    form = _form(request, need.merchant, began)
    draft_id, seen = read_draft(request, draft)
    if request.method == "POST":
        need.version = whole_number(request.POST.get("version", ""))  # as the page saw it
    saved = submit(
        form,
        lambda: services.update_need(
            request.actor,
            need=need,
            fields=form.need_fields(),
            draft_id=draft_id,
            draft_seen=seen,
        ),
    )
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect(saved)
    context = {
        "form": form,
        "need": need,
        "draft": draft,
        "draft_id": draft_id,
        "draft_seen": seen,
        "only_for": selectors.named_in(form),
    }
    return render_page(request, "needs/need_edit.html", context, partial="need-shape")
