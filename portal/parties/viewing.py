"""Read-only looks of operators, in one place: the person stands in for the operator, every unsafe
request is refused, each page is written down, and whatever a page writes is undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.core.actor import OPERATOR, Actor
from portal.core.verdict import Verdict
from portal.parties import rules, services
from portal.parties.middleware import door_of
from portal.parties.models import Viewing

VIEWING = "viewing"  # in the operator's session
ENDS = {"viewing_end", "api-viewing-end"}


class ViewingMiddleware:
    """Stands before the one that says who acts. `request.viewing` is the look that runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewing = _viewing_of(request)
        if viewing is None:
            return self.get_response(request)
        operator = Actor(viewing.operator, None, OPERATOR, door_of(request.path))
        if not (verdict := rules.may_go_on(operator, viewing)):
            return _lapse(request, viewing, verdict)
        request.viewing = viewing  # type: ignore[attr-defined]  # read by its banner
        request.user = viewing.person
        with transaction.atomic():
            response = self.get_response(request)
            if not _is_end(request):
                transaction.set_rollback(True)
        if response.status_code < 400 and not _is_end(request):
            services.note_page(viewing, via=operator.via, path=request.path)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not hasattr(request, "viewing") or _is_end(request):
            return None
        verdict = rules.may_open_meanwhile(request.method or "", request.path)
        return None if verdict else _refuse(request, verdict)


def _viewing_of(request: HttpRequest) -> Viewing | None:
    """The look that this session runs, over or not."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    key = request.session.get(VIEWING)
    if not key or not request.user.is_authenticated:
        return None
    looks = Viewing.objects.select_related("person", "operator")
    return looks.filter(pk=key, operator=request.user.pk).first()


def _lapse(request: HttpRequest, viewing: Viewing, verdict: Verdict) -> HttpResponse:
    """Nothing that was meant as the person is done as the operator."""
    services.end_viewing(viewing)
    del request.session[VIEWING]
    if request.method not in rules.READING or request.path.startswith("/api/"):
        return _refuse(request, verdict)
    target = reverse("admin:parties_user_change", args=[viewing.person_id])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def _refuse(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": str(verdict.reason)}, status=verdict.status)
    context: dict[str, Any] = {"verdict": verdict}
    return render(request, "refused.html", context, status=verdict.status)


def _is_end(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.url_name in ENDS
