"""The share poster of a post: a picture for a phone's album, a PDF for the wall."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from matchmaking.recruiting import rules, selectors
from matchmaking.recruiting.models import Post
from portal.core.documents import pdf_file, render_pdf, render_png
from portal.core.http import PageRequest
from portal.core.web import render_page

TEMPLATE, DOTS_AN_INCH = "recruiting/poster.typ", 270


@login_required
@require_safe
def post_poster(request: PageRequest, pk: int) -> HttpResponse:
    """The picture on a page: a phone keeps it by a long press, inside chat apps as well."""
    return render_page(request, "recruiting/post_poster.html", {"post": _shared(request, pk)})


@login_required
@require_safe
def post_poster_picture(request: PageRequest, pk: int) -> HttpResponse:
    data = selectors.poster_of(_shared(request, pk))
    made = render_png(TEMPLATE, data, ppi=DOTS_AN_INCH)
    response = HttpResponse(made, content_type="image/png")
    response["Content-Disposition"] = f'inline; filename="post-{pk}.png"'
    response["Cache-Control"] = "private, max-age=300"
    return response


@login_required
@require_safe
def post_poster_paper(request: PageRequest, pk: int) -> HttpResponse:
    return pdf_file(render_pdf(TEMPLATE, selectors.poster_of(_shared(request, pk))), f"post-{pk}")


def _shared(request: PageRequest, pk: int) -> Post:
    post = get_object_or_404(selectors.whole_posts().visible_to(request.actor), pk=pk)
    rules.can_share_post(post).require()
    return post
