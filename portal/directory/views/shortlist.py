"""Those a party keeps in mind."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page
from portal.directory import services
from portal.directory.doors import DOORS
from portal.directory.forms import NoteForm
from portal.directory.models import ShortlistEntry
from portal.parties.models import Party
from portal.parties.selectors import whole_parties


@login_required
@require_safe
def shortlist(request: PageRequest) -> HttpResponse:
    """Whom the acting party keeps in mind, the last added first; whoever hides is left out."""
    entries = ShortlistEntry.objects.visible_to(request.actor)
    listed = entries.filter(party__in=Party.objects.listed())
    page = keyset_page(listed, request.GET.get("cursor", ""))
    parties = whole_parties().in_bulk([entry.party_id for entry in page.rows])
    rows = [(entry, parties[entry.party_id]) for entry in page.rows]
    context = {"page": page, "rows": rows, "doors": DOORS.values()}
    return render_page(request, "directory/shortlist.html", context)


@login_required
@require_POST
def shortlist_entry(request: PageRequest, pk: int) -> HttpResponse:
    """Put a listed party on the acting party's shortlist, or take it off. `kept` may stand in the
    address too: an undo has no fields."""
    party = get_object_or_404(Party.objects.listed(), pk=pk)
    if request.POST.get("kept", request.GET.get("kept")) == "1":
        services.add_shortlist_entry(request.actor, party=party)
        messages.success(request, _("%(name)s is on your shortlist.") % {"name": party.name})
    else:
        services.remove_shortlist_entry(request.actor, party=party)
        undo = f"undo={reverse('shortlist_entry', args=[pk])}?kept=1"
        said = _("%(name)s is off your shortlist.") % {"name": party.name}
        messages.success(request, said, extra_tags=undo)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect(target if safe else "shortlist")


@login_required
@require_POST
def shortlist_note(request: PageRequest, pk: int) -> HttpResponse:
    """Write a note about somebody on the acting party's shortlist."""
    entry = get_object_or_404(ShortlistEntry.objects.visible_to(request.actor), party=pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        services.note_shortlist_entry(request.actor, entry=entry, note=form.cleaned_data["note"])
        messages.success(request, _("Note saved."))
    else:
        messages.error(request, str(form.errors["note"][0]))
    return redirect("shortlist")
