"""Gates: set and lifted by operators, always with the reason that is shown."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from matchmaking.catalogue import rules
from matchmaking.catalogue.fields import GateFields
from matchmaking.catalogue.models import Gate, Product
from matchmaking.catalogue.states import GateEffect
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.parties.services import tell_party

# Every product with the gate that keeps it out of the pool today: its own before a score's.
PROJECT = """
    WITH holding AS (
        SELECT product.id AS product_id, (
            SELECT gate.id FROM catalogue_gate gate
            WHERE gate.effect = 'pool' AND gate.starts_on <= %(day)s
              AND (gate.ends_on IS NULL OR gate.ends_on > %(day)s)
              AND (gate.product_id = product.id
                   OR gate.product_id IS NULL AND product.score BETWEEN 0 AND gate.least_score - 1)
            ORDER BY gate.product_id NULLS LAST, gate.id LIMIT 1
        ) AS gate_id
        FROM catalogue_product product WHERE product.status <> 'withdrawn'
    )
    UPDATE catalogue_product product SET gate_id = holding.gate_id
    FROM holding
    WHERE holding.product_id = product.id AND product.gate_id IS DISTINCT FROM holding.gate_id
    RETURNING product.id, product.gate_id
"""
TOLD_AT_ONCE = 2_000


@transaction.atomic
def set_gate(actor: Actor, *, fields: GateFields) -> Gate:
    rules.can_set_gate(actor).require()
    rules.gate_is_sound(fields).require()
    gate = Gate.objects.create(
        effect=fields.effect,
        product_id=fields.product_id,
        least_score=fields.least_score,
        starts_on=fields.starts_on,
        ends_on=fields.ends_on,
        reason=fields.reason.strip(),
        set_at=clock.now(),
        set_by=actor.user,
    )
    after = {"effect": gate.effect, "product": gate.product_id, "least_score": gate.least_score}
    audit.record(actor, "set_gate", gate, after=after, why=gate.reason)
    project_gates()
    return gate


@transaction.atomic
def lift_gate(actor: Actor, *, gate: Gate, why: str) -> Gate:
    """It holds until today; who stood before it is let through at once."""
    gate = Gate.objects.select_for_update(of=("self",), no_key=True).get(pk=gate.pk)
    rules.can_lift_gate(actor, gate).require()
    gate.ends_on = max(clock.today(), gate.starts_on)
    gate.save(update_fields=["ends_on"])
    audit.record(actor, "lift_gate", gate, after={"until": gate.ends_on}, why=why.strip())
    project_gates()
    return gate


@transaction.atomic
def project_gates() -> int:
    """Write today's gates onto the products, and tell whose products a gate keeps out now."""
    with connection.cursor() as cursor:
        cursor.execute(PROJECT, {"day": clock.today()})
        changed = cursor.fetchall()
    kept = [product for product, gate in changed if gate is not None]
    for product in Product.objects.filter(pk__in=kept[:TOLD_AT_ONCE]).select_related(
        "merchant", "gate"
    ):
        _tell(product)
    return len(changed)


def _tell(product: Product) -> None:
    gate = product.gate
    if gate is None:
        return
    tell_party(
        product.merchant,
        event="product.gate",
        key=f"product-gate:{product.pk}:{gate.pk}",
        sentence=gettext_noop("“%(product)s” is kept out of the pool: %(reason)s"),
        params={"product": product.name, "reason": gate.reason},
        url=product.get_absolute_url(),
    )


def effects_of(product: Product) -> list[tuple[GateEffect, Gate]]:
    """Every gate that keeps this product back today."""
    gates = list(Gate.objects.on(clock.today()))
    found = []
    for effect in GateEffect:
        gate = rules.gate_before(product, [one for one in gates if one.effect == effect])
        if gate is not None:
            found.append((effect, gate))
    return found
