"""What the columns of the feeds are called in their files, for those who import orders."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.revenue import rules, services
from portal.revenue.forms.headers import HeadersForm
from portal.revenue.models import Feed
from portal.revenue.selectors import named_columns


@login_required
@require_safe
def feed_list(request: PageRequest) -> HttpResponse:
    rules.can_import_orders(request.actor).require()
    feeds = Feed.objects.select_related("party").order_by("code")
    context = {"feeds": [(feed, named_columns(feed)) for feed in feeds]}
    return render_page(request, "revenue/feed_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def feed_headers(request: PageRequest, pk: str) -> HttpResponse:
    rules.can_import_orders(request.actor).require()
    feed = get_object_or_404(Feed, pk=pk)
    form = HeadersForm(feed, request.POST if request.method == "POST" else None)
    saved = submit(
        form, lambda: services.save_headers(request.actor, feed=feed, headers=form.headers())
    )
    if saved is not None:
        messages.success(request, _("The headers of %(feed)s are saved.") % {"feed": feed.name})
        return redirect("feed_list")
    return render_page(request, "revenue/feed_headers.html", {"feed": feed, "form": form})


@login_required
@require_POST
def feed_headers_deletion(request: PageRequest, pk: str) -> HttpResponse:
    rules.can_import_orders(request.actor).require()
    feed = get_object_or_404(Feed, pk=pk)
    services.save_headers(request.actor, feed=feed, headers={})
    messages.success(request, _("The headers of %(feed)s are deleted.") % {"feed": feed.name})
    return redirect("feed_list")
