"""The operators' desk of the handbook: drafts, versions, the order of the chapters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from training.advice import forms, rules, selectors, services
from training.advice.models import Chapter, ChapterDraft, ChapterVersion


@login_required
@require_safe
def handbook_desk(request: PageRequest) -> HttpResponse:
    rules.can_edit_handbook(request.actor).require()
    return render_page(request, "advice/handbook_desk.html", {"rows": selectors.shelf()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_create(request: PageRequest) -> HttpResponse:
    rules.can_edit_handbook(request.actor).require()
    form = forms.ChapterForm(request.POST if request.method == "POST" else None, with_code=True)
    made = submit(
        form,
        lambda: services.draft_chapter(
            request.actor, code=form.cleaned_data["code"], fields=form.fields_given()
        ),
    )
    if made is not None:
        messages.success(request, _("Kept as a draft."))
        return redirect("chapter_edit", code=made.code)
    return render_page(request, "advice/chapter_create.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_edit(request: PageRequest, code: str) -> HttpResponse:
    """Write at the draft; beside it how it will look, and what was published."""
    chapter = _chapter(request, code)
    form = forms.ChapterForm(
        request.POST if request.method == "POST" else None, initial=_initial(chapter)
    )
    saved = submit(
        form,
        lambda: services.save_chapter(request.actor, chapter=chapter, fields=form.fields_given()),
    )
    if saved is not None:
        messages.success(request, _("Kept as a draft."))
        return redirect("chapter_edit", code=code)
    return _page(request, chapter, form=form)


@login_required
@require_POST
def chapter_draft(request: PageRequest, code: str) -> HttpResponse:
    """Throw the draft away."""
    services.drop_draft(request.actor, chapter=_chapter(request, code))
    messages.success(request, _("The draft is gone."))
    return redirect("handbook_desk")


@login_required
@require_POST
def chapter_publication(request: PageRequest, code: str) -> HttpResponse:
    chapter = _chapter(request, code)
    form = forms.ChangesForm(request.POST)
    published = submit(
        form,
        lambda: services.publish_chapter(request.actor, chapter=chapter, **form.cleaned_data),
    )
    if published is None:
        return _page(request, chapter, changes_form=form)
    messages.success(request, _("Published."))
    return redirect(chapter)


@login_required
@require_POST
def chapter_retirement(request: PageRequest, code: str) -> HttpResponse:
    """Take it out, or put it back."""
    chapter = _chapter(request, code)
    is_back = request.POST.get("back") == "1"
    service = services.return_chapter if is_back else services.retire_chapter
    service(request.actor, chapter=chapter)
    messages.success(request, _("It stands in the handbook again.") if is_back else _("Taken out."))
    return redirect("handbook_desk")


@login_required
@require_POST
def chapter_move(request: PageRequest, code: str) -> HttpResponse:
    is_up = request.POST.get("to") == "up"
    services.move_chapter(request.actor, chapter=_chapter(request, code), is_up=is_up)
    return redirect("handbook_desk")


def _chapter(request: PageRequest, code: str) -> Chapter:
    rules.can_edit_handbook(request.actor).require()
    return get_object_or_404(Chapter.objects.select_related("draft"), code=code)


def _text(chapter: Chapter) -> ChapterDraft | ChapterVersion | None:
    return getattr(chapter, "draft", None) or chapter.versions.first()


def _initial(chapter: Chapter) -> dict[str, Any]:
    text = _text(chapter)
    names = ("title_zh", "title_en", "summary_zh", "summary_en", "text_zh", "text_en", "audience")
    return {name: getattr(text, name) for name in names} if text else {}


def _page(
    request: PageRequest,
    chapter: Chapter,
    *,
    form: forms.ChapterForm | None = None,
    changes_form: forms.ChangesForm | None = None,
) -> HttpResponse:
    history = list(chapter.versions.defer("text_zh", "text_en"))
    context = {
        "chapter": chapter,
        "draft": getattr(chapter, "draft", None),
        "text": _text(chapter),
        "history": history,
        "form": form or forms.ChapterForm(initial=_initial(chapter)),
        "changes_form": changes_form or forms.ChangesForm(),
        "can_publish": rules.can_publish_chapter(request.actor, chapter),
        "trail": trail(chapter).select_related("user"),
    }
    return render_page(request, "advice/chapter_edit.html", context)
