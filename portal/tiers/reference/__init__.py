"""The starting values of the star tiers, loaded where there are no rules; later ones are the
operators' own."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.policies.states import DatedStatus
from portal.tiers.fields import RulesFields, RungFields
from portal.tiers.models import StarRuleSet
from portal.tiers.services.ruleset import write_rules
from portal.tiers.states import BenefitKind

FOLDER = Path(__file__).parent
STARTS_ON, CHECKED_ON = date(2016, 1, 1), date(2021, 12, 31)
ASKED = ("creators", "net_fen", "health")


@transaction.atomic
def load_star_rules(actor: Actor) -> int:
    if StarRuleSet.objects.exists():
        return 0
    rules = write_rules(actor, starting_rules())
    StarRuleSet.objects.filter(pk=rules.pk).update(
        status=DatedStatus.APPROVED, decided_at=clock.now(), checked_on=CHECKED_ON
    )
    return 1


def starting_rules() -> RulesFields:
    with (FOLDER / "stars.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return RulesFields(
        starts_on=STARTS_ON,
        source=(FOLDER / "source.txt").read_text(encoding="utf-8").strip(),
        rungs=[
            RungFields(int(row["creators"]), int(row["net_fen"]), int(row["health"]))
            for row in rows
        ],
        benefits={
            (int(row["stars"]), kind.value): int(row[kind.value])
            for row in rows
            for kind in BenefitKind
            if row[kind.value]
        },
    )
