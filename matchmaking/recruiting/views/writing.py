"""Writing a post: a new one, or a draft again; and what is kept while somebody types."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matchmaking.recruiting import forms, rules, selectors, services
from matchmaking.recruiting.models import Post, PostDraft, PostTemplate
from matchmaking.recruiting.views.posts import own_post
from portal.core.drafts.forms import initial_of_typed, typed_into
from portal.core.drafts.views import keep_page, read_draft
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number

LAST = 8  # of one's own posts, to begin from


@login_required
@require_http_methods(["GET", "POST"])
def post_create(request: PageRequest) -> HttpResponse:
    """A new post: empty, from a template, or like another one of one's own."""
    rules.can_create_post(request.actor).require()
    return _create_page(request, _beginning(request))


@login_required
@require_http_methods(["GET", "POST"])
def post_draft(request: PageRequest, draft_id: UUID) -> HttpResponse:
    """Go on with what was begun, on this or another machine."""
    rules.can_create_post(request.actor).require()
    own = PostDraft.objects.owned_by(request.actor).filter(post=None)
    draft = get_object_or_404(own.select_related("kept_by"), pk=draft_id)
    return _create_page(request, initial_of_typed(forms.PostForm, draft.values), draft)


def _create_page(
    request: PageRequest, initial: dict[str, Any], draft: PostDraft | None = None
) -> HttpResponse:
    """The form of a new post, and saving it. What was typed so far goes with it."""
    form = _form(request, initial)
    draft_id, seen = read_draft(request, draft)
    is_now = request.POST.get("publish") == "1"
    post = submit(
        form,
        lambda: services.create_post(
            request.actor,
            fields=form.post_fields(),
            draft_id=draft_id,
            draft_seen=seen,
            publish=is_now,
        ),
    )
    if post is not None:
        published = _("Published. Merchants can apply now.")
        saved = _("Saved as a draft. Look at what suits it, then publish.")
        messages.success(request, published if is_now else saved)
        return redirect(post)
    context = {
        "form": form,
        "post": None,
        "can_publish": rules.can_publish_at_once(request.actor),
        "draft": draft,
        "draft_id": draft_id,
        "draft_seen": seen,
        "templates": PostTemplate.objects.owned_by(request.actor).order_by("name"),
        "others": Post.objects.owned_by(request.actor).order_by("-pk")[:LAST],
        "unfinished": selectors.unfinished_posts(request.actor),
    }
    return render_page(request, "recruiting/post_edit.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def post_edit(request: PageRequest, pk: int) -> HttpResponse:
    post = own_post(request, pk)
    rules.can_edit_post(request.actor, post).require()
    draft = PostDraft.objects.filter(post=post).select_related("kept_by").first()
    began = initial_of_typed(forms.PostForm, draft.values) if draft else forms.initial_of_post(post)
    form = _form(request, began)
    draft_id, seen = read_draft(request, draft)
    if request.method == "POST":
        post.version = whole_number(request.POST.get("version", ""))  # as the page saw it
    saved = submit(
        form,
        lambda: services.update_post(
            request.actor,
            post=post,
            fields=form.post_fields(),
            draft_id=draft_id,
            draft_seen=seen,
        ),
    )
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect(saved)
    context = {
        "form": form,
        "post": post,
        "draft": draft,
        "draft_id": draft_id,
        "draft_seen": seen,
    }
    return render_page(request, "recruiting/post_edit.html", context)


@login_required
@require_POST
def post_autosave(request: PageRequest) -> HttpResponse:
    """Keep the form as it is typed."""
    pk = whole_number(request.POST.get("post", ""))
    post = own_post(request, pk) if pk else None
    values = typed_into(forms.PostForm, request.POST)
    return keep_page(request, services.DRAFTING, values=values, subject=post)


@login_required
@require_POST
def post_draft_removal(request: PageRequest, draft_id: UUID) -> HttpResponse:
    own = PostDraft.objects.owned_by(request.actor)
    draft = get_object_or_404(own.select_related("party", "post"), pk=draft_id)
    services.DRAFTING.discard(request.actor, draft=draft)
    messages.success(request, _("Discarded."))
    return redirect(draft.post) if draft.post else redirect("post_list")


@login_required
@require_POST
def post_template(request: PageRequest, pk: int) -> HttpResponse:
    """Keep a post as a template."""
    whole = selectors.whole_posts().owned_by(request.actor)
    post = get_object_or_404(whole, pk=pk)
    name = request.POST.get("name", "")[:40]
    template = services.save_template(request.actor, post=post, name=name)
    messages.success(request, _("Kept as the template “%(name)s”.") % {"name": template.name})
    return redirect(post)


@login_required
@require_POST
def post_template_removal(request: PageRequest, pk: int) -> HttpResponse:
    own = PostTemplate.objects.owned_by(request.actor)
    template = get_object_or_404(own.select_related("party"), pk=pk)
    services.remove_template(request.actor, template=template)
    messages.success(request, _("Removed."))
    return redirect("post_create")


def _form(request: PageRequest, initial: dict[str, Any]) -> forms.PostForm:
    return forms.PostForm(request.POST if request.method == "POST" else None, initial=initial)


def _beginning(request: PageRequest) -> dict[str, Any]:
    """What the address asks to begin from; empty with sensible days otherwise."""
    like, template = request.GET.get("like", ""), request.GET.get("template", "")
    if like:
        return forms.initial_of_copy(own_post(request, whole_number(like)))
    if template:
        own = PostTemplate.objects.owned_by(request.actor)
        return forms.initial_of_template(get_object_or_404(own, pk=whole_number(template)))
    return forms.initial_days()
