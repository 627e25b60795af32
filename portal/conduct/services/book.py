"""Editing the rule book."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from portal.conduct import rules
from portal.conduct.models import Rule
from portal.core.actor import Actor
from portal.core.reference import can_edit_reference, save_reference


@transaction.atomic
def save_rule(actor: Actor, *, rule: Rule, changed: Sequence[str]) -> None:
    """Write a row of the rule book as it was edited: never for the past, and never the weight of
    what has begun."""
    can_edit_reference(actor, Rule).require()
    before = Rule.objects.select_for_update(no_key=True).filter(pk=rule.pk).first()
    rules.can_change_rule(before, rule, changed).require()
    save_reference(actor, row=rule, changed=changed)
