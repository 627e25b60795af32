"""The API's doors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from portal.parties.middleware import PARTY_HEADER


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


class PartySessionScheme(OpenApiAuthenticationExtension):
    """How the schema names that door."""

    target_class = PartySessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
