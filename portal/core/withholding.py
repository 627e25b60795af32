"""Rows that the operators' lists keep from a person who reads all the others: whoever has to judge
something blind would find in them whose it is. The part that owns the rule says so by `withhold`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from portal.core.actor import Actor

Rule = Callable[[Actor], Q | None]
_rules: dict[type[Model], list[tuple[str | Promise, Rule]]] = {}


def withhold(model: type[Model], why: str | Promise) -> Callable[[Rule], Rule]:
    """Which rows of `model` somebody may not read; None: all are theirs to read. `why`: the
    sentence that stands over the list from which some are left out."""

    def register(rule: Rule) -> Rule:
        _rules.setdefault(model, []).append((why, rule))
        return rule

    return register


def without_withheld(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    for _why, kept in _withheld(actor, rows.model):
        rows = rows.exclude(kept)
    return rows


def why_withheld(actor: Actor, model: type[Model]) -> list[str]:
    """A sentence for each rule that leaves something out."""
    return [str(why) for why, _kept in _withheld(actor, model)]


def _withheld(actor: Actor, model: type[Model]) -> list[tuple[str | Promise, Q]]:
    found = [(why, rule(actor)) for why, rule in _rules.get(model, [])]
    return [(why, kept) for why, kept in found if kept is not None]
