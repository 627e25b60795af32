"""Whoever has not agreed to the terms in force reads on, but writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.policies.rules import may_write

READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Leaving, agreeing, the language, asking for help and one's own inbox need no terms.
FREE = ("/accounts/", "/i18n/", "/help/", "/notices/", "/api/v1/consents/", "/api/v1/tickets/")


class ConsentMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in READING or request.path.startswith(FREE):
            return self.get_response(request)
        verdict = may_write(request.actor)  # type: ignore[attr-defined]  # set before
        if verdict:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": str(verdict.reason)}, status=verdict.status)
        messages.warning(request, _("Nothing was saved yet: first the terms, then once more."))
        return redirect(f"{reverse('consent_ask')}?{urlencode({'next': _page_of(request)})}")


def _page_of(request: HttpRequest) -> str:
    """The page the form stood on; only its path, so that it leads nowhere else."""
    return urlsplit(request.META.get("HTTP_REFERER", "")).path or "/"
