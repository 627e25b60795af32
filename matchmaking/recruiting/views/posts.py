"""A post as its poster, a merchant or a stranger sees it, and what its poster does with it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking.catalogue.models import Product
from matchmaking.recruiting import forms, rules, selectors, services
from matchmaking.recruiting.matching import (
    MOST_GLANCED,
    Match,
    published_method,
    suggest_posts,
    suggest_products,
)
from matchmaking.recruiting.models import Application, Post
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number
from portal.parties.models import Party

PREVIEW = 5
SUGGESTED = 20
MOST_CHOSEN_FROM = 50  # own products, the newest


@require_safe
def post_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Its poster sees the applications; a merchant its own and what it could offer; a stranger what
    is asked for and the poster's record."""
    post = get_object_or_404(selectors.whole_posts().visible_to(request.actor), pk=pk)
    return _page(request, post)


def _page(
    request: PageRequest, post: Post, days_form: forms.ExtensionForm | None = None
) -> HttpResponse:
    actor = request.actor
    is_own = actor.speaks_for(post.poster_id)
    context: dict[str, Any] = {
        "post": post,
        "is_own": is_own,
        "record": selectors.record_of(post.poster),
        "may_read": rules.can_read_brief(actor, post),
        "can_apply": rules.can_apply(actor, post),
        "own": Application.objects.sent_by(actor)
        .filter(post=post)
        .select_related("product")
        .order_by("-pk"),
    }
    if is_own:
        context |= _own_context(request, post, days_form)
    return render_page(request, "recruiting/post_detail.html", context)


def _own_context(
    request: PageRequest, post: Post, days_form: forms.ExtensionForm | None
) -> dict[str, Any]:
    actor = request.actor
    newest = post.applications.live().select_related("product", "merchant")
    return {
        "counts": selectors.counts_of(post),
        "best": newest.order_by("-match_bp", "-pk")[:PREVIEW],
        "suggested": _suggested(post) if post.is_running else [],
        "can_edit": rules.can_edit_post(actor, post),
        "can_publish": rules.can_publish_post(actor, post),
        "can_pause": rules.can_pause_post(actor, post),
        "can_resume": rules.can_resume_post(actor, post),
        "can_close": rules.can_close_post(actor, post),
        "can_extend": rules.can_extend_post(actor, post),
        "days_form": days_form or forms.ExtensionForm(initial=forms.days_ahead(post)),
        "trail": trail(post).select_related("user"),
    }


def _suggested(post: Post) -> list[Match]:
    return suggest_products(post, most=PREVIEW, among=MOST_GLANCED)


@login_required
@require_POST
def post_publication(request: PageRequest, pk: int) -> HttpResponse:
    post = services.publish_post(request.actor, post=own_post(request, pk))
    messages.success(request, _("Published. Merchants can apply now."))
    return redirect(post)


@login_required
@require_POST
def post_pause(request: PageRequest, pk: int) -> HttpResponse:
    post = services.pause_post(request.actor, post=own_post(request, pk))
    messages.success(request, _("Paused. Those who applied are decided on as before."))
    return redirect(post)


@login_required
@require_POST
def post_resumption(request: PageRequest, pk: int) -> HttpResponse:
    post = services.resume_post(request.actor, post=own_post(request, pk))
    messages.success(request, _("Open again."))
    return redirect(post)


@login_required
@require_POST
def post_closing(request: PageRequest, pk: int) -> HttpResponse:
    post = services.close_post(request.actor, post=own_post(request, pk))
    messages.success(request, _("Closed. Those who still waited were told."))
    return redirect(post)


@login_required
@require_POST
def post_extension(request: PageRequest, pk: int) -> HttpResponse:
    """Move the last day back; one that ran out is open again."""
    whole = selectors.whole_posts().owned_by(request.actor)
    post = get_object_or_404(whole, pk=pk)
    rules.can_extend_post(request.actor, post).require()
    form = forms.ExtensionForm(request.POST)
    done = submit(form, lambda: services.extend_post(request.actor, post=post, **form.cleaned_data))
    if done is None:
        return _page(request, post, form)
    messages.success(request, _("Moved."))
    return redirect(done)


@login_required
@require_safe
def post_suggestions(request: PageRequest, pk: int) -> HttpResponse:
    """Products that suit one's post, the best first, with the reasons of each place."""
    post = get_object_or_404(selectors.whole_posts().owned_by(request.actor), pk=pk)
    context = {
        "post": post,
        "matches": suggest_products(post, most=SUGGESTED),
        "method": published_method(),
    }
    return render_page(request, "recruiting/post_suggestions.html", context)


@login_required
@require_safe
def product_suggestions(request: PageRequest) -> HttpResponse:
    """Open posts that suit one of one's own products."""
    rules.can_list_sent(request.actor).require()
    own = Product.objects.owned_by(request.actor).filter(status="listed", gate=None)
    products = list(own.select_related("category").order_by("-pk")[:MOST_CHOSEN_FROM])
    wanted = whole_number(request.GET.get("product", ""))
    chosen = next((product for product in products if product.pk == wanted), None)
    if chosen is None and wanted:
        chosen = get_object_or_404(own.select_related("category"), pk=wanted)
    chosen = chosen or next(iter(products), None)
    context = {
        "products": products,
        "product": chosen,
        "matches": suggest_posts(request.actor, chosen, most=SUGGESTED) if chosen else [],
        "method": published_method(),
    }
    return render_page(request, "recruiting/product_suggestions.html", context)


def own_post(request: PageRequest, pk: int) -> Post:
    """The acting party's post; who posts is at hand already."""
    post = get_object_or_404(Post.objects.owned_by(request.actor), pk=pk)
    post.poster = cast("Party", request.actor.party)
    return post
