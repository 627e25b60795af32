"""One JSON object a line, carrying the ids of the request and of who acted. No personal values."""

from __future__ import annotations

import logging

from django.http import HttpRequest
from pythonjsonlogger.json import JsonFormatter as BaseJsonFormatter

from portal.core.context import current_actor, request_id

WITH_KEYS = (
    "/accounts/",
    "/help/link/",
    "/invitations/",
    "/notices/unsubscribing/",
    "/roster/invitations/",
)


def shown_path(request: HttpRequest) -> str:
    """What a log may say of where a request went. Some paths hold keys that open them."""
    start = next((start for start in WITH_KEYS if request.path.startswith(start)), "")
    if not start:
        return request.path
    match = request.resolver_match
    return f"/{match.route}" if match else start


class PathFilter(logging.Filter):
    """Django's own complaints name the path and carry the request; the shown path is enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.pop("request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            shown = shown_path(request)
            record.args = tuple(shown if arg == request.path else arg for arg in record.args)
        return True


class ContextFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        actor = current_actor.get()
        record.request_id = request_id.get()
        record.user_id = actor.user_id if actor else None
        record.party_id = actor.party_id if actor else None
        record.via = actor.via if actor else ""
        return True


class JsonFormatter(BaseJsonFormatter):
    def __init__(self) -> None:
        super().__init__(
            "{levelname}{name}{message}{request_id}{user_id}{party_id}{via}",
            style="{",
            timestamp=True,
            rename_fields={"levelname": "level", "name": "logger"},
        )
