from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from portal.core.http import PageRequest
from portal.parties import services
from portal.parties.models import Party


@login_required
@require_POST
def party_checklist(request: PageRequest, pk: int) -> HttpResponse:
    """Put the checklist away."""
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    services.put_checklist_away(request.actor, party=party)
    return redirect("workbench")
