from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page
from portal.notices import services
from portal.notices.models import Notice


@login_required
@require_safe
def notice_list(request: PageRequest) -> HttpResponse:
    notices = Notice.objects.visible_to(request.actor)
    page = keyset_page(notices, request.GET.get("cursor", ""))
    context = {"page": page, "unread_count": notices.unread().count()}
    return render_page(request, "notices/notice_list.html", context)


@login_required
@require_POST
def notice_open(request: PageRequest, pk: int) -> HttpResponse:
    """Read a notice and go where it points, speaking for the party it concerns."""
    notice = get_object_or_404(Notice.objects.visible_to(request.actor), pk=pk)
    services.read_notice(request.actor, notice=notice)
    mine = {membership.party_id for membership in request.memberships}
    if notice.party_id in mine:
        request.session["party"] = notice.party_id
    return redirect(notice.url)


@login_required
@require_POST
def notice_reading(request: PageRequest) -> HttpResponse:
    """Mark all as read."""
    services.read_all_notices(request.actor)
    return redirect("notice_list")
