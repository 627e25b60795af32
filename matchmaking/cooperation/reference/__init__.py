"""The house's first agreement templates, loaded with the reference data; edits are kept."""

from __future__ import annotations

import json
from pathlib import Path

from matchmaking.cooperation.models import AgreementTemplate
from portal.core import clock
from portal.core.actor import Actor

FILE = Path(__file__).with_name("agreement_templates.json")


def load_agreement_templates(actor: Actor) -> int:
    """Add the templates that are missing. Returns how many were."""
    known = set(AgreementTemplate.objects.house().values_list("name", flat=True))
    rows = [
        AgreementTemplate(**row, changed_at=clock.now())
        for row in json.loads(FILE.read_text(encoding="utf-8"))
        if row["name"] not in known
    ]
    return len(AgreementTemplate.objects.bulk_create(rows))
