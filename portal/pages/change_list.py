"""What changed in the last thirty days, day by day or of one kind; and having seen it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import ordered_page
from portal.notices.models import Announcement
from portal.notices.services import see_changes
from portal.pages.changes import (
    ANNOUNCED,
    REMEMBERED,
    WORK,
    Change,
    days_of,
    done_for,
    door_of,
    said_of,
    title_of,
    told_about,
)

DAYS = 10  # a page


@login_required
@require_safe
def change_list(request: PageRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    context = _of_kind(request, kind) if kind else _day_by_day(request)
    return render(request, "pages/change_list.html", context)


def _day_by_day(request: PageRequest) -> dict[str, Any]:
    today = clock.today()
    oldest = today - REMEMBERED
    last = min(max(_day(request.GET.get("until", "")) or today, oldest), today)
    first = max(last - timedelta(days=DAYS - 1), oldest)
    return {
        "days": days_of(request.actor, first, last),
        "first": first,
        "last": last,
        "older": first - timedelta(days=1) if first > oldest else None,
        "newer": min(last + timedelta(days=DAYS), today) if last < today else None,
    }


def _day(text: str) -> date | None:
    """None for what is no day."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _of_kind(request: PageRequest, kind: str) -> dict[str, Any]:
    title = title_of(kind)
    if title is None:
        raise Http404
    actor, cursor = request.actor, request.GET.get("cursor", "")
    since = clock.now() - REMEMBERED
    context: dict[str, Any] = {"kind": kind, "title": title}
    if kind == WORK:
        done = done_for(actor).filter(at__gt=since).select_related("user")
        page = ordered_page(done, cursor, field="at", ascending=False)
        rows = [Change(kind, "", said_of(row), row.at, door_of(row)) for row in page.rows]
        return context | {"page": page, "rows": rows}
    if kind == ANNOUNCED:
        told = Announcement.objects.visible_to(actor).filter(starts_at__gt=since)
        found = ordered_page(told, cursor, field="starts_at", ascending=False)
        rows = [_of_announcement(row) for row in found.rows]
        return context | {"page": found, "rows": rows}
    notices = told_about(actor, kind)
    return context | {"page": ordered_page(notices, cursor, field="created_at", ascending=False)}


def _of_announcement(row: Announcement) -> Change:
    return Change(ANNOUNCED, "", row.title, row.starts_at, row.get_absolute_url())


@login_required
@require_POST
def change_seen(request: PageRequest) -> HttpResponse:
    """From now on only what comes after is new."""
    see_changes(request.actor)
    messages.success(request, _("Seen. The last 30 days stay where they are."))
    return redirect("workbench")
