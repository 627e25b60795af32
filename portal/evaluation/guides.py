"""Where on this site an indicator is lifted, for those no course or task addresses yet."""

from __future__ import annotations

import csv
from pathlib import Path

from portal.core.actor import Actor
from portal.evaluation.models import Remedy, RemedyKind
from portal.evaluation.services import register_remedy

FILE = Path(__file__).parent / "reference/guides.csv"


def load_guides(actor: Actor) -> int:
    """How many were missing; what stands is left as operators have it."""
    known = set(Remedy.objects.values_list("origin", "indicator"))
    missing = 0
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            codes = row["indicators"].split()
            new = [code for code in codes if (row["origin"], code) not in known]
            if new:
                missing += len(new)
                register_remedy(
                    actor,
                    origin=row["origin"],
                    indicators=codes,
                    kind=RemedyKind.GUIDE,
                    title_zh=row["title_zh"],
                    title_en=row["title_en"],
                    url=row["url"],
                )
    return missing
