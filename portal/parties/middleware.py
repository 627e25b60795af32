"""Who acts in this request: the signed-in person and the party they speak for."""

from __future__ import annotations

import re
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal.core import clock, context
from portal.core.actor import OPERATOR, Actor, anonymous_actor
from portal.parties import services
from portal.parties.models import Membership, Party
from portal.parties.rules import needs_second_factor
from portal.parties.services.sessions import SEEN_EVERY

PARTY_IN_SESSION = "party"
PARTY_HEADER = "X-Trilink-Party"
NO_PARTY = "person"
SIGN_IN, SEEN = "sign_in", "sign_in_seen"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
PARTY_PATH = re.compile(  # whose number is a party's
    r"(?P<before>/(?:api/v1/(?:directory/)?)?(?:parties|providers|agencies|creators|merchants)/)(?P<pk>\d{1,18})/"
)
FREE_PATHS = ("/accounts/", "/i18n/", "/static/", "/healthz", "/readyz", "/metrics")


class ActorMiddleware:
    """Sets `request.actor` and `request.memberships`, both read from the database when used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Requests of pages are a class of ours (`PageRequest`); here comes Django's.
        request.memberships = SimpleLazyObject(lambda: memberships_of(request))  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class SignInMiddleware:
    """Notes now and then that a session is in use, for the list of one's sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._see(request)
        return response

    def _see(self, request: HttpRequest) -> None:
        sign_in, now = request.session.get(SIGN_IN), clock.now().timestamp()
        if not sign_in or request.session.get(SEEN, 0) > now - SEEN_EVERY.total_seconds():
            return
        request.session[SEEN] = now
        services.see_sign_in(sign_in, session_key=request.session.session_key or "")


class MergedPartyMiddleware:
    """Addresses of a party that was merged lead on to the one that stayed, for good."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD"):
            return _survivors_address(request) or response
        return response


def _survivors_address(request: HttpRequest) -> HttpResponse | None:
    found = PARTY_PATH.match(request.path)
    if found is None:
        return None
    merged = Party.objects.filter(pk=found["pk"], merged_into__isnull=False)
    survivor = merged.values_list("merged_into", flat=True).first()
    if survivor is None:
        return None
    path = f"{found['before']}{survivor}{request.path[found.end('pk') :]}"
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{path}?{query}" if query else path, permanent=True)


class SecondFactorMiddleware:
    """Who must have a second factor sets it up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not settings.MFA_REQUIRED or request.path.startswith(FREE_PATHS):
            return None
        if hasattr(request, "viewing"):  # the operator's own factor was asked for before
            return None
        if not request.user.is_authenticated or not lacks_second_factor(request):
            return None
        if request.path.startswith("/api/"):
            sentence = _("Set up a second factor first, on the site.")
            return JsonResponse({"detail": sentence}, status=403)
        messages.warning(request, _("Your role needs a second factor. Set one up to go on."))
        return redirect("mfa_index")


def lacks_second_factor(request: HttpRequest) -> bool:
    person = request.user
    if not person.is_authenticated:
        return False
    memberships = request.memberships  # type: ignore[attr-defined]  # ActorMiddleware set it
    return needs_second_factor(person, memberships) and not is_mfa_enabled(person, FACTORS)


def memberships_of(request: HttpRequest) -> list[Membership]:
    if not request.user.is_authenticated:
        return []
    own = Membership.objects.filter(user=request.user).select_related("party__city")
    return list(own.order_by("pk"))


def actor_of(request: HttpRequest) -> Actor:
    """The session's party if the person still belongs to it, their first one otherwise."""
    via = door_of(request.path)
    if not request.user.is_authenticated:
        actor = anonymous_actor(via)
    else:
        membership = chosen_membership(request, via)
        role = OPERATOR if request.user.is_staff else NO_PARTY
        actor = Actor(
            user=request.user,
            party=membership.party if membership else None,
            role=membership.role if membership else role,
            via=via,
        )
    context.current_actor.set(actor)
    return actor


def chosen_membership(request: HttpRequest, via: str) -> Membership | None:
    wanted = request.headers.get(PARTY_HEADER) if via == "api" else None
    wanted = wanted or str(request.session.get(PARTY_IN_SESSION, ""))
    # Set by `ActorMiddleware`.
    mine: list[Membership] = list(request.memberships)  # type: ignore[attr-defined]
    return next((m for m in mine if str(m.party_id) == wanted), mine[0] if mine else None)


def door_of(path: str) -> str:
    if path.startswith("/api/"):
        return "api"
    return "admin" if path.startswith("/admin/") else "web"
