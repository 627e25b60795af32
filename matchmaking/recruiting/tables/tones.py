"""The colours of states, in lists and on pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from matchmaking.recruiting import states

TONES = {
    "open": "ok",
    "paused": "warn",
    "submitted": "info",
    "shortlisted": "info",
    "negotiating": "warn",
    "accepted": "ok",
    "rejected": "bad",
}


def tone_of(row: Any) -> str:
    return TONES.get(row.status, "")


def by_status(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "live":
        return rows.filter(status__in=states.LIVE)
    return rows.filter(status=value)
