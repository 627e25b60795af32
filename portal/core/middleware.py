"""Request ids, the page's language, honest htmx redirects, and one place where refusals end."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from portal.core import context
from portal.core.frames import with_room
from portal.core.logs import shown_path
from portal.core.verdict import Refused

GetResponse = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,36}")


class RequestIdMiddleware:
    """Takes the proxy's X-Request-ID or makes one; logs, audit and the answer carry it. One line
    a request: method, path without its query, status and milliseconds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    @with_room
    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        value = given if REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        context.current_actor.set(None)
        token = context.request_id.set(value)
        start = time.perf_counter()
        try:
            response = self.get_response(request)
            logger.info("request", extra=_facts(request, response, start))
        finally:
            context.request_id.reset(token)
        response["X-Request-ID"] = value
        return response


def _facts(request: HttpRequest, response: HttpResponse, start: float) -> dict[str, object]:
    return {
        "method": request.method,
        "path": shown_path(request),
        "status": response.status_code,
        "ms": round((time.perf_counter() - start) * 1000, 1),
    }


class LanguageMiddleware:
    """Chinese unless the visitor chose English. Pages ignore Accept-Language on purpose: many
    phones here are set to English and their owners still expect a Chinese site. The API, read by
    programs, honours it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self.choose(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language" if is_api(request) else "Cookie"])
        return response

    def choose(self, request: HttpRequest) -> str:
        if is_api(request):
            return translation.get_language_from_request(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


class NoStoreMiddleware:
    """A signed-in person's pages are kept nowhere: not by proxies, not for whoever presses Back
    after them, and the Back button shows what is true now."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response


class HtmxRedirectMiddleware:
    """A redirect answered to htmx becomes HX-Redirect, so no login page lands inside a <div>."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "htmx", False) and response.status_code in (301, 302, 303):
            target, cookies = response["Location"], response.cookies
            response = HttpResponse(status=204)
            response["HX-Redirect"] = target
            response.cookies = cookies
        return response


class RefusalMiddleware:
    """A service's refusal that no form showed beside its field: the reason, with its status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        verdict = error.verdict
        return render(request, "refused.html", {"verdict": verdict}, status=verdict.status)
