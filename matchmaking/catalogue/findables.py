"""Products, as the search shows them: by the index of the pool."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.search import KIND, matches
from portal.core.actor import Actor
from portal.core.templatetags.ui import money
from portal.search.findables import Hit, Keys, Rows, register_finder
from portal.search.said import Said


def _product(_actor: Actor, product: Product) -> Hit:
    note = f"{product.merchant.name} · {money(product.price_fen)}"
    return Hit(product.name, product.get_absolute_url(), note, product.number)


def _named(_actor: Actor, said: Said) -> Iterator[Keys]:
    yield Product.objects.filter(matches(said.text)).values("pk")


register_finder(
    Rows(
        kind=KIND,
        title=_("Products"),
        icon="shopping-bag",
        rank=35,
        model=Product,
        visible=lambda actor: Product.objects.visible_to(actor),
        hit=_product,
        letters="P",
        also=_named,
        related=("merchant",),
    )
)
