"""What a log line and an audit row say about the request they belong to."""

from __future__ import annotations

from contextvars import ContextVar

from portal.core.actor import Actor

request_id: ContextVar[str] = ContextVar("request_id", default="")
current_actor: ContextVar[Actor | None] = ContextVar("current_actor", default=None)
