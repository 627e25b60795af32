"""What every change of a product goes through."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import rules
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.search import entry_of_product
from matchmaking.catalogue.states import PRODUCT_TRANSITIONS, ProductStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.rules import has_permit


def lock_product(product: Product) -> Product:
    rows = Product.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("merchant__city", "category").get(pk=product.pk)


def change_product_status(
    actor: Actor, product: Product, status: ProductStatus, *, verb: str, why: str = ""
) -> None:
    if status not in PRODUCT_TRANSITIONS[product.status]:
        raise Refused(conflict(_("This is not possible in the product's present state.")))
    before, product.status = product.status, status
    product.changed_at = clock.now()
    product.save()
    audit.record(actor, verb, product, before={"status": before}, after={"status": status}, why=why)


def take_out_if_unfit(actor: Actor, product: Product) -> None:
    """What was changed into words that wait for a look, or into goods that need a permit nobody
    has, leaves the pool."""
    if product.status != ProductStatus.LISTED:
        return
    if not (rules.is_fit_to_show(product) and has_permit(product.merchant, product.category)):
        change_product_status(actor, product, ProductStatus.PAUSED, verb="pause_product")


def make_findable(product: Product) -> None:
    entry = entry_of_product(product.name)
    product.text, product.readings = entry.text, entry.readings
    product.sort_key, product.tokens = entry.sort_key, list(entry.tokens)


def facts_of(product: Product) -> dict[str, Any]:
    """What the trail keeps of a product."""
    names = ("name", "price_fen", "commission_bp", "stock", "source", "channel", "upstream_id")
    return {name: getattr(product, name) for name in names} | {"category": product.category_id}
