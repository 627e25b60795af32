"""The starting rules of growth, loaded where there are none; later ones are the operators' own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.growth.fields import RulesFields
from portal.growth.models import GrowthRules
from portal.growth.services import write_rules
from portal.growth.states import BANDS
from portal.policies.states import DatedStatus

FILE = Path(__file__).parent / "rules.json"
STARTS_ON, CHECKED_ON = date(2016, 1, 1), date(2021, 12, 31)


@transaction.atomic
def load_growth_rules(actor: Actor) -> int:
    if GrowthRules.objects.exists():
        return 0
    held = write_rules(actor, starting_rules())
    GrowthRules.objects.filter(pk=held.pk).update(
        status=DatedStatus.APPROVED, decided_at=clock.now(), checked_on=CHECKED_ON
    )
    return 1


def starting_rules() -> RulesFields:
    """The amounts of benefits stand in the order of `states.BANDS`."""
    told: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return RulesFields(
        starts_on=STARTS_ON,
        source=told["source"],
        ladders=told["ladders"],
        benefits={
            (size, band.value, kind): amount
            for kind, sizes in told["benefits"].items()
            for size, amounts in sizes.items()
            for band, amount in zip(BANDS, amounts, strict=True)
            if amount
        },
    )
