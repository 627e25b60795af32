"""The way out of a look at the site as somebody else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal.core.http import PageRequest
from portal.parties import services
from portal.parties.viewing import VIEWING


@login_required
@require_POST
def viewing_end(request: PageRequest) -> HttpResponse:
    viewing = getattr(request, "viewing", None)
    if viewing is None:
        return redirect("workbench")
    services.end_viewing(viewing)
    request.session.pop(VIEWING, None)
    return redirect("admin:parties_user_change", viewing.person_id)
