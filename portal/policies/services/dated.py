"""Rules that are one figure from a day on: one person proposes, another approves."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.policies import rules
from portal.policies.fields import DatedFields
from portal.policies.models import DatedRule
from portal.policies.services.proposed import (
    approve_proposed,
    confirm_source,
    refuse_proposed,
    write_proposed,
)

TAKEN = _("There is a rule of this kind from this day already.")


@transaction.atomic
def propose_dated_rule(actor: Actor, *, fields: DatedFields) -> DatedRule:
    """It waits for a second person, and holds from its day once they approve it."""
    rules.can_propose_dated_rule(actor).require()
    rules.dated_rule_is_sound(fields).require()
    rule = write_proposed(actor, DatedRule(**asdict(fields)), taken=TAKEN)
    audit.record(actor, "propose_dated_rule", rule, after=rule.said)
    return rule


def approve_dated_rule(actor: Actor, *, rule: DatedRule) -> DatedRule:
    return approve_proposed(actor, rule, may=rules.can_approve_announced, verb="approve_dated_rule")


def refuse_dated_rule(actor: Actor, *, rule: DatedRule) -> DatedRule:
    return refuse_proposed(actor, rule, may=rules.can_refuse_proposed, verb="refuse_dated_rule")


def confirm_dated_rule(actor: Actor, *, rule: DatedRule) -> DatedRule:
    return confirm_source(actor, rule, may=rules.can_propose_dated_rule, verb="confirm_dated_rule")
