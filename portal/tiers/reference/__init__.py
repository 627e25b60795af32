"""The starting values of the star tiers and of the method of the top-100 mark, loaded where
there are none; later ones are the operators' own."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.policies.states import DatedStatus
from portal.tiers.certification_fields import MethodFields
from portal.tiers.fields import RulesFields, RungFields
from portal.tiers.models import CertificationMethod, StarRuleSet
from portal.tiers.services.certification_methods import write_certification_method
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


@transaction.atomic
def load_certification_method(actor: Actor) -> int:
    if CertificationMethod.objects.exists():
        return 0
    fields = MethodFields(starting_document(), (FOLDER / "source.txt").read_text("utf-8").strip())
    method = write_certification_method(actor, fields)
    CertificationMethod.objects.filter(pk=method.pk).update(
        status=DatedStatus.APPROVED, decided_at=clock.now()
    )
    return 1


def starting_document() -> dict[str, Any]:
    path = FOLDER.parent / "methods" / "certification.json"
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document
