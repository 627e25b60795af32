"""The growth handbook as everybody reads it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.prose import plain
from portal.core.web import render_page
from portal.parties.states import PartyKind
from portal.policies.blocks import differences
from training.advice import rules, selectors, services
from training.advice.models import ChapterVersion, ReadMark

MOST_QUERY = 60


@require_safe
def chapter_list(request: PageRequest) -> HttpResponse:
    """The contents; `for` narrows them to a kind of party, `q` to what says these words."""
    kind = request.GET.get("for", "")
    kind = kind if kind in PartyKind.values else ""
    words = request.GET.get("q", "").strip()[:MOST_QUERY].replace("\x00", "")
    entries = selectors.contents(request.actor, kind=kind, words=words)
    context = {
        "entries": entries,
        "kind": kind,
        "kinds": PartyKind.choices,
        "words": words,
        "progress": selectors.progress_of(request.actor),
        "can_edit": rules.can_edit_handbook(request.actor),
    }
    return render_page(request, "advice/chapter_list.html", context, partial="chapter-list")


@require_safe
def handbook_print(request: PageRequest) -> HttpResponse:
    """The whole book on one page, for paper."""
    versions = list(ChapterVersion.objects.shown())
    latest = max((version.published_at for version in versions), default=None)
    context = {"versions": versions, "latest": latest}
    return render_page(request, "advice/handbook_print.html", context)


@require_safe
def chapter_detail(request: PageRequest, code: str) -> HttpResponse:
    """As it stands."""
    return _shown(request, _newest(code))


@require_safe
def chapter_version(request: PageRequest, code: str, number: int) -> HttpResponse:
    """As it stood in one of its versions."""
    rows = ChapterVersion.objects.select_related("chapter")
    return _shown(request, get_object_or_404(rows, chapter__code=code, number=number))


@require_safe
def chapter_changes(request: PageRequest, code: str, number: int) -> HttpResponse:
    """What a version changed in the one before it."""
    rows = ChapterVersion.objects.select_related("chapter").filter(chapter__code=code)
    version = get_object_or_404(rows, number=number)
    previous = get_object_or_404(rows, number=number - 1)
    lines = differences(plain(previous.text), plain(version.text))
    context = {"version": version, "previous": previous, "lines": list(lines)}
    return render_page(request, "advice/chapter_changes.html", context)


@login_required
@require_POST
def chapter_reading(request: PageRequest, code: str) -> HttpResponse:
    """Mark it as read, or take the mark away."""
    version = _newest(code)
    if request.POST.get("read") == "0":
        services.unmark_read(request.actor, version=version)
        return redirect(version.chapter)
    services.mark_read(request.actor, version=version)
    _before, after = selectors.neighbours(version)
    messages.success(request, _("Read."))
    return redirect(after.chapter if after else "chapter_list")


def _newest(code: str) -> ChapterVersion:
    """A chapter that was taken out is still read by its address."""
    rows = ChapterVersion.objects.newest().select_related("chapter")
    return get_object_or_404(rows, chapter__code=code)


def _shown(request: PageRequest, version: ChapterVersion) -> HttpResponse:
    history = list(version.chapter.versions.defer("text_zh", "text_en"))
    if not history:
        raise Http404
    before, after = selectors.neighbours(version)
    mark = _mark(request, version)
    context: dict[str, Any] = {
        "version": version,
        "history": history,
        "newest": history[0],
        "before": before,
        "after": after,
        "mark": mark,
        "is_read": mark is not None and mark.number == history[0].number,
        "can_edit": rules.can_edit_handbook(request.actor),
    }
    return render_page(request, "advice/chapter_detail.html", context)


def _mark(request: PageRequest, version: ChapterVersion) -> ReadMark | None:
    if request.actor.user is None:
        return None
    return ReadMark.objects.filter(user=request.actor.user, chapter=version.chapter).first()
