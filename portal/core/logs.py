"""One JSON object a line, carrying the ids of the request and of who acted. No personal values."""

from __future__ import annotations

import logging

from pythonjsonlogger.json import JsonFormatter as BaseJsonFormatter

from portal.core.context import current_actor, request_id


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
