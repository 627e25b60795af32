"""Which products a cooperation, a sample or a content order may name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product, ProductQuerySet
from matchmaking.catalogue.states import ON_OFFER
from portal.core.verdict import Flaw, Refused, Verdict, flawless
from portal.parties.models import Party

MOST_NAMED = 200


def products_are_sound(products: Sequence[Product], merchant: Party) -> Verdict:
    return flawless(flaws_of_products(products, merchant))


def product_among(products: ProductQuerySet, key: int) -> Product:
    """The one with this key; refused where it is none of these."""
    found = products.filter(pk=key).first()
    if found is None:
        sentence = _("Choose a product that the merchant has on offer, with a number in orders.")
        raise Refused(flawless([Flaw("product_id", sentence)]))
    return found


def flaws_of_products(products: Sequence[Product], merchant: Party) -> Iterator[Flaw]:
    """The merchant's own, on offer, and with a number that its orders name them by."""
    if len(products) > MOST_NAMED:
        yield Flaw("products", _("At most 200 products."))
    for product in products:
        if product.merchant_id != merchant.pk or product.status not in ON_OFFER:
            sentence = _("“%(product)s” is not on offer by this merchant.")
            yield Flaw("products", str(sentence) % {"product": product.name})
        elif not product.upstream_id:
            sentence = _("“%(product)s” has no number in the order file yet.")
            yield Flaw("products", str(sentence) % {"product": product.name})
