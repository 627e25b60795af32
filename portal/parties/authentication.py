"""The API's doors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class PartySessionAuthentication(SessionAuthentication):
    """The site's own session; a caller without one is told 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class PartySessionScheme(OpenApiAuthenticationExtension):
    """How the schema names that door."""

    target_class = PartySessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
