"""Lists of posts: everybody's open ones, one's own, the operators' of all; and kept searches."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from matchmaking.recruiting import forms, rules, selectors, services
from matchmaking.recruiting.models import Application, Post, PostSearch
from matchmaking.recruiting.tables import EVERY_POST, POSTS
from portal.core.actor import Actor
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import Page, keyset_page, ordered_page, render_page
from portal.parties.states import PartyKind

PAGE = 20
NOT_KEPT = frozenset({"cursor", "view"})
VIEW_NAMES: dict[str, str | Promise] = {
    "open": gettext_lazy("Open posts"),
    "ours": gettext_lazy("Our posts"),
}


@require_safe
def post_list(request: PageRequest) -> HttpResponse:
    """Open posts for everyone; a poster's own beside them."""
    views = ["ours", "open"] if rules.is_poster(request.actor.party) else ["open"]
    view = request.GET.get("view", views[0])
    view = view if view in views else "open"
    table = read_table(request, POSTS) if view == "ours" else None
    filters = _filters_of(request) if table is None else None
    page = None if filters is None else _page_of(request, filters.asked)
    context = {
        "table": table,
        "page": page,
        "filters": filters,
        "is_narrowed": bool(filters and filters.asked.keys() - {"sort"}),
        "rows": _listed(request.actor, page.rows) if page else [],
        "view": view,
        "views": [(name, VIEW_NAMES[name]) for name in views],
        "can_create": rules.can_create_post(request.actor),
        "is_merchant": _is_merchant(request.actor),
        "unfinished": selectors.unfinished_posts(request.actor) if table else [],
        "searches": PostSearch.objects.owned_by(request.actor).order_by("name"),
        "search_query": _kept_query(request),
    }
    part = "table" if table and request.htmx.target == "table" else "post-list"
    return render_page(request, "recruiting/post_list.html", context, partial=part)


@login_required
@require_safe
def post_register(request: PageRequest) -> HttpResponse:
    """Every post of an operator's regions."""
    rules.can_register_posts(request.actor).require()
    context = {"table": read_table(request, EVERY_POST)}
    return render_page(request, "recruiting/post_register.html", context, partial="table")


@login_required
@require_POST
def post_search(request: PageRequest) -> HttpResponse:
    """Keep what the list is narrowed to."""
    search = services.save_search(
        request.actor,
        name=request.POST.get("name", "")[:40],
        query=request.POST.get("query", "")[:400],
    )
    messages.success(request, _("Kept as “%(name)s”.") % {"name": search.name})
    return redirect(search.url)


@login_required
@require_POST
def post_search_removal(request: PageRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(PostSearch.objects.owned_by(request.actor), pk=pk)
    services.remove_search(request.actor, search=search)
    messages.success(request, _("Removed."))
    return redirect("post_list")


def _filters_of(request: PageRequest) -> forms.PostFilterForm:
    form = forms.PostFilterForm(request.GET)
    form.is_valid()  # what is not sound narrows nothing and says so at its field
    return form


def _page_of(request: PageRequest, asked: dict[str, Any]) -> Page[Post]:
    rows = selectors.narrowed(selectors.open_posts(request.actor), asked)
    order, cursor = selectors.order_of(asked), request.GET.get("cursor", "")
    if order == "-pk":
        return keyset_page(rows, cursor, size=PAGE)
    return ordered_page(rows, cursor, field=order, ascending=True, size=PAGE)


def _listed(actor: Actor, posts: list[Post]) -> list[dict[str, Any]]:
    """Each post with how often the acting merchant has applied to it."""
    counts: dict[int, int] = {}
    if _is_merchant(actor):
        sent = Application.objects.sent_by(actor).filter(post__in=posts)
        for post_id in sent.values_list("post_id", flat=True):
            counts[post_id] = counts.get(post_id, 0) + 1
    return [
        {
            "post": post,
            "is_own": actor.speaks_for(post.poster_id),
            "applied": counts.get(post.pk, 0),
        }
        for post in posts
    ]


def _is_merchant(actor: Actor) -> bool:
    return actor.party is not None and actor.party.kind == PartyKind.MERCHANT


def _kept_query(request: PageRequest) -> str:
    """The filters as an address, without where one stands in the list."""
    query = request.GET.copy()
    for name in [name for name in query if name in NOT_KEPT or not query[name]]:
        del query[name]
    return query.urlencode()
