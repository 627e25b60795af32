"""Rules of growth: one person proposes, another approves; nothing approved ever changes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.growth import rules
from portal.growth.fields import RulesFields
from portal.growth.models import Benefit, GrowthRules, LevelRung
from portal.policies.rules import can_approve_announced, can_refuse_proposed
from portal.policies.services import (
    approve_proposed,
    confirm_source,
    refuse_proposed,
    write_proposed,
)


@transaction.atomic
def propose_growth_rules(actor: Actor, *, fields: RulesFields) -> GrowthRules:
    """They wait for a second person, and hold from their day on once approved."""
    rules.can_propose_rules(actor).require()
    rules.rules_are_sound(fields).require()
    return write_rules(actor, fields)


def write_rules(actor: Actor, fields: RulesFields) -> GrowthRules:
    starts_on, source = fields.starts_on, fields.source.strip()
    proposed = GrowthRules(starts_on=starts_on, source=source)
    write_proposed(actor, proposed, taken=_("There are rules of growth from this day already."))
    LevelRung.objects.bulk_create(
        LevelRung(rules=proposed, line=line, level=level, floor=floor)
        for line, floors in fields.ladders.items()
        for level, floor in enumerate(floors, start=1)
    )
    Benefit.objects.bulk_create(
        Benefit(rules=proposed, size=size, band=band, kind=kind, amount=amount)
        for (size, band, kind), amount in sorted(fields.benefits.items())
        if amount
    )
    ladders = {line: list(floors) for line, floors in fields.ladders.items()}
    after = {"from": proposed.starts_on, "ladders": ladders}
    audit.record(actor, "propose_growth_rules", proposed, after=after)
    return proposed


def approve_growth_rules(actor: Actor, *, proposed: GrowthRules) -> GrowthRules:
    """From now on they are announced."""
    may, verb = can_approve_announced, "approve_growth_rules"
    return approve_proposed(actor, proposed, may=may, verb=verb)


def refuse_growth_rules(actor: Actor, *, proposed: GrowthRules) -> GrowthRules:
    may, verb = can_refuse_proposed, "refuse_growth_rules"
    return refuse_proposed(actor, proposed, may=may, verb=verb)


def confirm_growth_rules(actor: Actor, *, held: GrowthRules) -> GrowthRules:
    return confirm_source(actor, held, may=rules.can_propose_rules, verb="confirm_growth_rules")
