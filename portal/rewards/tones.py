"""Colours of states, for lists and pages alike; a state that asks nothing is grey."""

from __future__ import annotations

TASK = {"published": "ok"}
CLAIM = {
    "claimed": "info",
    "in_progress": "info",
    "submitted": "warn",
    "verifying": "warn",
    "passed": "ok",
    "failed": "bad",
    "rewarded": "ok",
    "revoked": "bad",
    "expired": "bad",
}
COUPON = {"open": "ok", "used": "info", "expired": "bad", "revoked": "bad"}
APPEAL = {"filed": "info", "granted": "ok", "upheld": "bad"}
BUDGET = {"proposed": "warn", "approved": "ok", "refused": "bad"}
