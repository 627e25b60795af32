"""Rules that are one figure from a day on: one person proposes, another approves."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.policies import rules
from portal.policies.fields import DatedFields
from portal.policies.models import DatedRule
from portal.policies.states import DATED_TRANSITIONS, DatedStatus


@transaction.atomic
def propose_dated_rule(actor: Actor, *, fields: DatedFields) -> DatedRule:
    """It waits for a second person, and holds from its day once they approve it."""
    rules.can_propose_dated_rule(actor).require()
    rules.dated_rule_is_sound(fields).require()
    facts = {"proposed_by": actor.user, "proposed_at": clock.now(), "checked_on": clock.today()}
    try:
        with transaction.atomic():
            rule = DatedRule.objects.create(**asdict(fields), **facts)
    except IntegrityError as error:
        raise Refused(conflict(_("There is a rule of this kind from this day already."))) from error
    audit.record(actor, "propose_dated_rule", rule, after=_said(rule))
    return rule


@transaction.atomic
def approve_dated_rule(actor: Actor, *, rule: DatedRule) -> DatedRule:
    """From now on it is announced; it never changes, only the next one follows it."""
    rule = _lock(rule)
    rules.can_approve_dated_rule(actor, rule).require()
    rule.announced_on = clock.today()
    return _change_status(actor, rule, DatedStatus.APPROVED, "approve_dated_rule")


@transaction.atomic
def refuse_dated_rule(actor: Actor, *, rule: DatedRule) -> DatedRule:
    """Nothing changes; who proposed it may take it back by this, too."""
    rule = _lock(rule)
    rules.can_refuse_dated_rule(actor, rule).require()
    return _change_status(actor, rule, DatedStatus.REFUSED, "refuse_dated_rule")


@transaction.atomic
def confirm_dated_rule(actor: Actor, *, rule: DatedRule) -> DatedRule:
    """Somebody looked at its source again today."""
    rules.can_propose_dated_rule(actor).require()
    before, rule.checked_on = rule.checked_on, clock.today()
    rule.save(update_fields=["checked_on"])
    after = {"on": rule.checked_on}
    audit.record(actor, "confirm_dated_rule", rule, before={"on": before}, after=after)
    return rule


def _lock(rule: DatedRule) -> DatedRule:
    return DatedRule.objects.select_for_update(no_key=True).get(pk=rule.pk)


def _change_status(actor: Actor, rule: DatedRule, status: DatedStatus, verb: str) -> DatedRule:
    if status not in DATED_TRANSITIONS[rule.status]:
        raise Refused(conflict(_("This was decided already.")))
    rule.status, rule.decided_by, rule.decided_at = status, actor.user, clock.now()
    rule.save(update_fields=["status", "decided_by", "decided_at", "announced_on"])
    audit.record(actor, verb, rule, after=_said(rule))
    return rule


def _said(rule: DatedRule) -> dict[str, object]:
    return {"kind": rule.kind, "value": rule.value, "from": rule.starts_on, "status": rule.status}
