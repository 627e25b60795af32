"""The table of stars: one person proposes, another approves; nothing approved ever changes."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.policies.rules import can_approve_announced, can_refuse_proposed
from portal.policies.services import (
    approve_proposed,
    confirm_source,
    refuse_proposed,
    write_proposed,
)
from portal.tiers import rules
from portal.tiers.fields import RulesFields
from portal.tiers.models import StarBenefit, StarRuleSet, StarRung

PLAIN = (
    *("starts_on", "source", "least_days", "selling_days", "within_days", "least_orders"),
    "freeze_days",
)


@transaction.atomic
def propose_star_rules(actor: Actor, *, fields: RulesFields) -> StarRuleSet:
    """They wait for a second person, and judge quarters from their day on once approved."""
    rules.can_propose_rules(actor).require()
    rules.rules_are_sound(fields).require()
    return write_rules(actor, fields)


def write_rules(actor: Actor, fields: RulesFields) -> StarRuleSet:
    proposed = StarRuleSet(**{name: getattr(fields, name) for name in PLAIN})
    write_proposed(actor, proposed, taken=_("There are rules of stars from this day already."))
    StarRung.objects.bulk_create(
        StarRung(rules=proposed, stars=stars, **asdict(rung))
        for stars, rung in enumerate(fields.rungs, start=1)
    )
    StarBenefit.objects.bulk_create(
        StarBenefit(rules=proposed, stars=stars, kind=kind, amount=amount)
        for (stars, kind), amount in sorted(fields.benefits.items())
        if amount
    )
    after = {"from": proposed.starts_on, "rungs": [asdict(rung) for rung in fields.rungs]}
    audit.record(actor, "propose_star_rules", proposed, after=after)
    return proposed


def approve_star_rules(actor: Actor, *, proposed: StarRuleSet) -> StarRuleSet:
    """From now on they are announced."""
    may, verb = can_approve_announced, "approve_star_rules"
    return approve_proposed(actor, proposed, may=may, verb=verb)


def refuse_star_rules(actor: Actor, *, proposed: StarRuleSet) -> StarRuleSet:
    may, verb = can_refuse_proposed, "refuse_star_rules"
    return refuse_proposed(actor, proposed, may=may, verb=verb)


def confirm_star_rules(actor: Actor, *, held: StarRuleSet) -> StarRuleSet:
    return confirm_source(actor, held, may=rules.can_propose_rules, verb="confirm_star_rules")
