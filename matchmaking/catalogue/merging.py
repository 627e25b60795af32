"""Products, plans and reputations of two parties that become one."""

from __future__ import annotations

from matchmaking.catalogue.models import (
    CartPermission,
    DepositMove,
    PlanCreator,
    Product,
    Reputation,
)
from portal.parties.merges import moves_by, stays
from portal.parties.models import Party

stays(Reputation, "creator")  # never changed
stays(CartPermission, "creator")  # asked for anew
stays(DepositMove, "creator")  # as its account in the books does


@moves_by(Product, "merchant")
def move_products(survivor: Party, absorbed: Party) -> None:
    """A number in the order file stands once: the second of two products stays as history."""
    known = Product.objects.filter(merchant=survivor).exclude(upstream_id="")
    theirs = Product.objects.filter(merchant=absorbed)
    theirs.exclude(upstream_id__in=known.values("upstream_id")).update(merchant=survivor)


@moves_by(PlanCreator, "creator")
def move_plans(survivor: Party, absorbed: Party) -> None:
    """Where both are chosen for one product, the survivor's days hold."""
    ours = PlanCreator.objects.filter(creator=survivor).values("product")
    PlanCreator.objects.filter(creator=absorbed).exclude(product__in=ours).update(creator=survivor)
