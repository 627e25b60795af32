"""A version as a PDF, and the page on which anybody compares a paper with what was agreed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from matchmaking.cooperation import forms, selectors
from matchmaking.cooperation.models import Version
from portal.core.documents import pdf_file, render_pdf
from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.revenue.selectors import CheckedPaper, paper_with


def agreement_of(form: forms.DigestForm) -> CheckedPaper | None:
    """A paper on money between two parties, where no cooperation's has this digest."""
    if not (form.is_bound and form.is_valid()):
        return None
    return paper_with(form.cleaned_data["digest"])


@login_required
@require_safe
def cooperation_paper(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """For the members of both sides, in the reader's language."""
    seen = Version.objects.visible_to(request.actor).whole()
    version = get_object_or_404(seen, cooperation=pk, number=number)
    made = render_pdf("cooperation/paper.typ", selectors.paper_of(version))
    return pdf_file(made, f"cooperation-{pk}-v{number}")


@require_safe
def paper_check(request: PageRequest) -> HttpResponse:
    """Whoever knows a digest holds the paper it is printed on, and reads what it must say. Kept by
    no cache and found by no search engine."""
    form = forms.DigestForm(request.GET if "digest" in request.GET else None)
    version = None
    if form.is_bound and form.is_valid():
        version = Version.objects.whole().filter(digest=form.cleaned_data["digest"]).first()
    context = {
        "form": form,
        "is_asked": form.is_bound and form.is_valid(),
        "paper": selectors.facts_of_paper(version) if version else None,
        "agreement": agreement_of(form) if version is None else None,
    }
    response = render_page(request, "cooperation/paper_check.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response
