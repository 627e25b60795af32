"""The table of stars: one person proposes, another approves; nothing approved ever changes."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.policies.states import DatedStatus
from portal.tiers import rules
from portal.tiers.fields import RulesFields
from portal.tiers.models import StarBenefit, StarRuleSet, StarRung
from portal.tiers.states import RULES_TRANSITIONS

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
    facts = {"proposed_by": actor.user, "proposed_at": clock.now(), "checked_on": clock.today()}
    plain = {name: getattr(fields, name) for name in PLAIN}
    try:
        with transaction.atomic():
            proposed = StarRuleSet.objects.create(**plain, **facts)
    except IntegrityError as error:
        raise Refused(conflict(_("There are rules of stars from this day already."))) from error
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


@transaction.atomic
def approve_star_rules(actor: Actor, *, proposed: StarRuleSet) -> StarRuleSet:
    """From now on they are announced."""
    proposed = _lock(proposed)
    rules.can_approve_rules(actor, proposed).require()
    proposed.announced_on = clock.today()
    return _change_status(actor, proposed, DatedStatus.APPROVED, "approve_star_rules")


@transaction.atomic
def refuse_star_rules(actor: Actor, *, proposed: StarRuleSet) -> StarRuleSet:
    """Nothing changes; who proposed them may take them back by this, too."""
    proposed = _lock(proposed)
    rules.can_refuse_rules(actor, proposed).require()
    return _change_status(actor, proposed, DatedStatus.REFUSED, "refuse_star_rules")


@transaction.atomic
def confirm_star_rules(actor: Actor, *, held: StarRuleSet) -> StarRuleSet:
    """Somebody looked at their source again today."""
    rules.can_propose_rules(actor).require()
    held = _lock(held)
    before, held.checked_on = held.checked_on, clock.today()
    held.save(update_fields=["checked_on"])
    after = {"on": held.checked_on}
    audit.record(actor, "confirm_star_rules", held, before={"on": before}, after=after)
    return held


def _lock(rows: StarRuleSet) -> StarRuleSet:
    return StarRuleSet.objects.select_for_update().get(pk=rows.pk)


def _change_status(
    actor: Actor, proposed: StarRuleSet, status: DatedStatus, verb: str
) -> StarRuleSet:
    if status not in RULES_TRANSITIONS[proposed.status]:
        raise Refused(conflict(_("This was decided already.")))
    proposed.status, proposed.decided_by, proposed.decided_at = status, actor.user, clock.now()
    proposed.save(update_fields=["status", "decided_by", "decided_at", "announced_on"])
    audit.record(actor, verb, proposed, after={"from": proposed.starts_on, "status": status})
    return proposed
