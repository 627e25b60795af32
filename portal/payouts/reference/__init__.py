"""First terms and bank file templates, loaded with the reference data; edits are kept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from portal.core.actor import Actor
from portal.payouts.models import BankTemplate, PayoutTerm

FOLDER = Path(__file__).parent


def load_payouts(actor: Actor) -> int:
    """Add what is missing. Returns how much was."""
    said = json.loads((FOLDER / "templates.json").read_text(encoding="utf-8"))
    known = set(BankTemplate.objects.values_list("code", flat=True))
    missing = [BankTemplate(**row) for row in said if row["code"] not in known]
    BankTemplate.objects.bulk_create(missing)
    first = {"minimum_fen": 10_000, "trial_tries": 3, "trial_days": 7}
    _term, is_new = PayoutTerm.objects.get_or_create(starts_on=date(2020, 1, 1), defaults=first)
    return len(missing) + is_new
