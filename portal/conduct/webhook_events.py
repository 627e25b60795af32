"""What machines are told of cases: the party they are about, from the moment it was told, and never
who reported."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.conduct.models import Case
from portal.webhooks.catalogue import register_event

CASE: dict[str, Any] = {
    "case": "8b0f9c3e-5f6e-4f0e-9a39-2f6f0f5f9b11",
    "number": "WG-2026-00012",
    "rule": "no-delivery",
    "status": "notified",
    "due_on": "2026-11-30",
    "points": None,
}


def accused(case: Case) -> list[int]:
    return [case.party_id] if case.notified_at is not None else []


def case_data(case: Case, told: int) -> dict[str, Any]:
    return {
        "case": str(case.public_id),
        "number": case.number,
        "rule": case.rule.code,
        "status": case.status,
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "points": case.points,
    }


for name, title, verbs, status in (
    ("conduct.notified", _("A case asks for your word"), ("notify_case",), "notified"),
    ("conduct.confirmed", _("A violation was confirmed"), ("confirm_case",), "confirmed"),
    ("conduct.dismissed", _("A case was dismissed"), ("dismiss_case",), "dismissed"),
    (
        "conduct.in_force",
        _("A violation is in force"),
        ("put_in_force", "uphold_verdict", "withdraw_verdict_appeal"),
        "final",
    ),
    ("conduct.overturned", _("An appeal was right"), ("overturn_verdict",), "overturned"),
    ("conduct.lapsed", _("A violation has lapsed"), ("lapse_case",), "lapsed"),
):
    register_event(
        name,
        title,
        of="conduct.case",
        verbs=verbs,
        parties=accused,
        data=case_data,
        example=CASE | {"status": status},
    )
