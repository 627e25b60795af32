from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from matchmaking.cooperation import rules, services
from matchmaking.cooperation.models import Cooperation
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page


@login_required
@require_safe
def cooperation_list(request: PageRequest) -> HttpResponse:
    mine = Cooperation.objects.visible_to(request.actor).select_related("merchant", "provider")
    page = keyset_page(mine, request.GET.get("cursor", ""))
    return render_page(request, "cooperation/cooperation_list.html", {"page": page})


@login_required
@require_safe
def cooperation_detail(request: PageRequest, pk: int) -> HttpResponse:
    return _page(request, _fetch(request, pk))


@login_required
@require_POST
def cooperation_contact(request: PageRequest, pk: int) -> HttpResponse:
    """Unmask the other side's contact. Asked by POST, because looking is written down."""
    cooperation = _fetch(request, pk)
    contact = services.reveal_contact(request.actor, cooperation=cooperation)
    return _page(request, cooperation, contact)


def _fetch(request: PageRequest, pk: int) -> Cooperation:
    both = Cooperation.objects.visible_to(request.actor).select_related(
        "merchant__city", "provider__city", "city"
    )
    return get_object_or_404(both.prefetch_related("services", "categories"), pk=pk)


def _page(
    request: PageRequest, cooperation: Cooperation, contact: services.Contact | None = None
) -> HttpResponse:
    context = {
        "cooperation": cooperation,
        "other": cooperation.other_side(request.actor.party_id),
        "contact": contact,
        "can_reveal": rules.can_reveal_contact(request.actor, cooperation),
        "trail": trail(cooperation).select_related("user"),
    }
    return render_page(request, "cooperation/cooperation_detail.html", context, partial="contact")
