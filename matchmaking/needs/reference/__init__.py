"""The house's first templates, loaded with the reference data; edits are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from matchmaking.needs.fields import NEUTRAL, PRIORITIES
from matchmaking.needs.models import NeedTemplate
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import ServiceType

FILE = Path(__file__).with_name("templates.json")


def load_templates(actor: Actor) -> int:
    """Add the templates that are missing. Returns how many were."""
    known = set(NeedTemplate.objects.filter(merchant=None).values_list("name", flat=True))
    services = dict(ServiceType.objects.values_list("code", "pk"))
    rows = [
        NeedTemplate(name=row["name"], values=_values(row, services), changed_at=clock.now())
        for row in json.loads(FILE.read_text(encoding="utf-8"))
        if row["name"] not in known
    ]
    return len(NeedTemplate.objects.bulk_create(rows))


def _values(row: dict[str, Any], services: dict[str, int]) -> dict[str, Any]:
    low, high = row["budget"]
    share_low, share_high = row.get("share", (None, None))
    return {
        **{name: row[name] for name in ("seeks", "title", "brief", "facts", "price_form")},
        "services": [services[code] for code in row["services"]],
        "categories": [],
        "city": None,
        "accepts_remote": True,
        "budget_low_fen": low,
        "budget_high_fen": high,
        "share_low_bp": share_low,
        "share_high_bp": share_high,
        "gmv_target_fen": None,
        "gmv_low_fen": None,
        "gmv_high_fen": None,
        "term_months": row["term_months"],
        **row.get("asked", {}),
        **dict.fromkeys(PRIORITIES, NEUTRAL),
    }
