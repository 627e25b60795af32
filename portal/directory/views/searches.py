"""Saved searches: what each person asks again and again, and who came in since the last look."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.directory import rules, selectors, services
from portal.directory.doors import DOORS, KIND_BY_PATH
from portal.directory.filters import Filters
from portal.directory.forms import SearchNameForm
from portal.directory.models import SavedSearch
from portal.directory.models.searches import LONGEST_NAME
from portal.directory.results import chosen_labels


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search_list(request: PageRequest) -> HttpResponse:
    """One's searches; with a directory and its filters in the address, a form to save them."""
    context = {
        "found": selectors.searches_with_newcomers(request.actor),
        "most": rules.MOST_SEARCHES,
        "verdict": rules.can_save_search(request.actor),
    }
    kind = KIND_BY_PATH.get(request.GET.get("directory", ""))
    if kind is None:
        return render_page(request, "directory/search_list.html", context)
    filters = Filters(kind, dict(request.GET.lists()))
    labels = chosen_labels(filters)
    start = {"name": " · ".join(labels)[:LONGEST_NAME] or str(DOORS[kind].title)}
    form = SearchNameForm(request.POST if request.method == "POST" else None, initial=start)
    saved = submit(
        form,
        lambda: services.save_search(
            request.actor,
            kind=kind,
            name=form.cleaned_data["name"],
            data=dict(request.GET.lists()),
        ),
    )
    if saved is not None:
        messages.success(request, _("Saved. You will hear when somebody new matches."))
        return redirect("search_list")
    context |= {"form": form, "labels": labels, "door": DOORS[kind]}
    return render_page(request, "directory/search_list.html", context)


@login_required
@require_safe
def search_detail(request: PageRequest, pk: UUID) -> HttpResponse:
    """Who came into a search since its person looked at it last."""
    search = _search(request, pk)
    context = {
        "search": search,
        "parties": selectors.newcomers_of(search),
        "most": selectors.MOST_SHOWN,
        "labels": chosen_labels(Filters(search.kind, search.lists)),
    }
    return render_page(request, "directory/search_detail.html", context)


@login_required
@require_POST
def search_look(request: PageRequest, pk: UUID) -> HttpResponse:
    """Everybody in it is known now."""
    services.look_at_search(request.actor, search=_search(request, pk))
    messages.success(request, _("From now on only later ones are new."))
    return redirect("search_list")


@login_required
@require_POST
def search_notices(request: PageRequest, pk: UUID) -> HttpResponse:
    """Begin or stop the daily notice of one search."""
    is_told = request.POST.get("told") == "1"
    services.tell_of_search(request.actor, search=_search(request, pk), is_told=is_told)
    said = _("You will hear of new ones once a day.") if is_told else _("You will hear no more.")
    messages.success(request, said)
    return redirect("search_list")


@login_required
@require_POST
def search_silence(request: PageRequest) -> HttpResponse:
    """Stop the notices of every search, of all one's parties."""
    services.silence_searches(request.actor)
    messages.success(request, _("You will hear of no saved search any more."))
    return redirect("search_list")


@login_required
@require_POST
def search_deletion(request: PageRequest, pk: UUID) -> HttpResponse:
    services.delete_search(request.actor, search=_search(request, pk))
    messages.success(request, _("The search is deleted."))
    return redirect("search_list")


def _search(request: PageRequest, pk: UUID) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.actor), pk=pk)
