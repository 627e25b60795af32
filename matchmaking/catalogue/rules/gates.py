"""Who stands before a gate, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Gate, Product
from matchmaking.catalogue.states import GateEffect
from portal.core import clock
from portal.core.verdict import ALLOWED, Verdict, unmet


def is_let_through(product: Product, effect: GateEffect, day: date | None = None) -> Verdict:
    """Whether no gate of this kind keeps the product back; a refusal carries the gate's reason."""
    gates = Gate.objects.on(day or clock.today()).filter(effect=effect)
    return verdict_of(gate_before(product, gates))


def gate_before(product: Product, gates: Iterable[Gate]) -> Gate | None:
    """The first of these that keeps the product back. Not rated yet is never below a score."""
    return next((gate for gate in gates if _holds(gate, product)), None)


def verdict_of(gate: Gate | None) -> Verdict:
    if gate is None:
        return ALLOWED
    sentence = _("Kept back by the platform since %(day)s: %(reason)s")
    return unmet(str(sentence) % {"day": gate.starts_on.isoformat(), "reason": gate.reason})


def _holds(gate: Gate, product: Product) -> bool:
    if gate.product_id is not None:
        return gate.product_id == product.pk
    return product.is_rated and product.score < (gate.least_score or 0)
