"""The API's doors."""

from __future__ import annotations

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class PartySessionAuthentication(SessionAuthentication):
    """The site's own session; a caller without one is told 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
