"""The API's doors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from portal.core import context
from portal.core.actor import Actor
from portal.core.web import whole_number
from portal.parties import rules, services
from portal.parties.middleware import PARTY_HEADER
from portal.parties.models import ApiKey, User


class PartySessionAuthentication(SessionAuthentication):
    """The site's own session; a caller without one is told 401, not 403. A caller who names a
    party that is not theirs is refused, never answered for another one."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        wanted = request.headers.get(PARTY_HEADER)
        if found is not None and wanted and wanted != str(request.actor.party_id):
            raise PermissionDenied(_("You do not speak for this party."))
        return found

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class KeyAuthentication(BaseAuthentication):
    """A party's key: `Authorization: Bearer tlk_…`. It opens what its scopes say."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        mark, _space, plain = request.headers.get("Authorization", "").partition(" ")
        if mark.lower() != "bearer" or not plain.isascii():
            return None
        key = services.find_key(plain.strip())
        if key is None:
            raise AuthenticationFailed(_("This key is unknown, expired or revoked."))
        actor = _actor_of(request, key)
        request._request.actor = actor
        context.current_actor.set(actor)
        services.note_use(key)
        return key.created_by, key


def _actor_of(request: Request, key: ApiKey) -> Actor:
    """For whom the key acts: its own party, or one named by the header that lets it."""
    method, path = request.method or "", request.path
    wanted = request.headers.get(PARTY_HEADER, "")
    if not wanted or wanted == str(key.party_id):
        rules.may_open(key.scopes, method, path).require()
        return services.actor_of_key(key)
    grant = services.find_grant(key, whole_number(wanted))
    if grant is None:
        raise PermissionDenied(_("You do not speak for this party."))
    rules.can_act_for_others(path).require()
    rules.may_open(set(key.scopes) & set(grant.scopes), method, path).require()
    services.note_grant_use(grant)
    return services.actor_of_grant(key, grant)


class KeyThrottle(SimpleRateThrottle):
    """So many requests a minute for each key; sessions are limited by their people."""

    scope = "key"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return f"throttle:{request.auth.pk}" if isinstance(request.auth, ApiKey) else None


class KeyScheme(OpenApiAuthenticationExtension):
    """How the schema names that door."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class PartySessionScheme(OpenApiAuthenticationExtension):
    """How the schema names that door."""

    target_class = PartySessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
