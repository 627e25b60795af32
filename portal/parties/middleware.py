"""Who acts in this request: the signed-in person and the party they speak for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from portal.core import context
from portal.core.actor import OPERATOR, Actor, anonymous_actor
from portal.parties.models import Membership

PARTY_IN_SESSION = "party"
PARTY_HEADER = "X-Trilink-Party"
NO_PARTY = "person"


class ActorMiddleware:
    """Sets `request.actor` and `request.memberships`, both read from the database when used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.memberships = SimpleLazyObject(lambda: memberships_of(request))  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


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
    mine: list[Membership] = list(request.memberships)  # type: ignore[attr-defined]
    return next((m for m in mine if str(m.party_id) == wanted), mine[0] if mine else None)


def door_of(path: str) -> str:
    if path.startswith("/api/"):
        return "api"
    return "admin" if path.startswith("/admin/") else "web"
