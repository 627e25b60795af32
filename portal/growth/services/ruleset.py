"""Rules of growth: one person proposes, another approves; nothing approved ever changes."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.growth import rules
from portal.growth.fields import RulesFields
from portal.growth.models import Benefit, GrowthRules, LevelRung
from portal.growth.states import RULES_TRANSITIONS
from portal.policies.states import DatedStatus


@transaction.atomic
def propose_growth_rules(actor: Actor, *, fields: RulesFields) -> GrowthRules:
    """They wait for a second person, and hold from their day on once approved."""
    rules.can_propose_rules(actor).require()
    rules.rules_are_sound(fields).require()
    return write_rules(actor, fields)


def write_rules(actor: Actor, fields: RulesFields) -> GrowthRules:
    try:
        with transaction.atomic():
            proposed = GrowthRules.objects.create(
                starts_on=fields.starts_on,
                source=fields.source.strip(),
                proposed_by=actor.user,
                proposed_at=clock.now(),
                checked_on=clock.today(),
            )
    except IntegrityError as error:
        raise Refused(conflict(_("There are rules of growth from this day already."))) from error
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


@transaction.atomic
def approve_growth_rules(actor: Actor, *, proposed: GrowthRules) -> GrowthRules:
    """From now on they are announced."""
    proposed = _lock(proposed)
    rules.can_approve_rules(actor, proposed).require()
    proposed.announced_on = clock.today()
    return _change_status(actor, proposed, DatedStatus.APPROVED, "approve_growth_rules")


@transaction.atomic
def refuse_growth_rules(actor: Actor, *, proposed: GrowthRules) -> GrowthRules:
    """Nothing changes; who proposed them may take them back by this, too."""
    proposed = _lock(proposed)
    rules.can_refuse_rules(actor, proposed).require()
    return _change_status(actor, proposed, DatedStatus.REFUSED, "refuse_growth_rules")


@transaction.atomic
def confirm_growth_rules(actor: Actor, *, held: GrowthRules) -> GrowthRules:
    """Somebody looked at their source again today."""
    rules.can_propose_rules(actor).require()
    held = _lock(held)
    before, held.checked_on = held.checked_on, clock.today()
    held.save(update_fields=["checked_on"])
    after = {"on": held.checked_on}
    audit.record(actor, "confirm_growth_rules", held, before={"on": before}, after=after)
    return held


def _lock(rows: GrowthRules) -> GrowthRules:
    return GrowthRules.objects.select_for_update().get(pk=rows.pk)


def _change_status(
    actor: Actor, proposed: GrowthRules, status: DatedStatus, verb: str
) -> GrowthRules:
    if status not in RULES_TRANSITIONS[proposed.status]:
        raise Refused(conflict(_("This was decided already.")))
    proposed.status, proposed.decided_by, proposed.decided_at = status, actor.user, clock.now()
    proposed.save(update_fields=["status", "decided_by", "decided_at", "announced_on"])
    audit.record(actor, verb, proposed, after={"from": proposed.starts_on, "status": status})
    return proposed
