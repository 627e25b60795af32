"""Colours of states, for lists and pages alike; a state that asks nothing is grey."""

from __future__ import annotations

QUARTER = {
    "computed": "info",
    "announced": "warn",
    "grace": "warn",
    "effective": "ok",
    "lifted": "ok",
}
FRAMEWORK = {
    "proposed": "info",
    "negotiated": "info",
    "signed": "ok",
    "running": "ok",
    "reviewed": "warn",
    "renewed": "ok",
}
CERTIFICATION = {
    "submitted": "info",
    "need_info": "warn",
    "checked": "info",
    "scored": "info",
    "reviewing": "info",
    "passed": "ok",
    "waiting": "warn",
    "granted": "ok",
    "refused": "bad",
}
