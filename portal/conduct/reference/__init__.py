"""The first rule book, loaded with the reference data; edits are kept."""

from __future__ import annotations

import csv
from pathlib import Path

from portal.conduct.models import Rule
from portal.core.actor import Actor

FILE = Path(__file__).parent / "rules.csv"


def load_rules(actor: Actor) -> int:
    """Add the rules whose codes are missing. Returns how many were."""
    known = set(Rule.objects.values_list("code", flat=True))
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] not in known]
    new = [_rule(row, position) for position, row in enumerate(rows)]
    return len(Rule.objects.bulk_create(new))


def _rule(row: dict[str, str], position: int) -> Rule:
    kinds = row.pop("party_kinds").split()
    return Rule(**row, party_kinds=kinds, position=position)
