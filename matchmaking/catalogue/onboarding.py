"""First steps: goods in the pool, and the permission to share them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import CartPermission, Product
from matchmaking.catalogue.states import ProductStatus
from portal.parties.onboarding import register_step
from portal.parties.states import PartyKind

register_step(
    PartyKind.MERCHANT,
    "product",
    _("Put a product into the pool, where creators choose"),
    lambda actor: reverse("product_create"),
    lambda actor: Product.objects.filter(merchant=actor.party).exclude(status=ProductStatus.DRAFT),
)
register_step(
    PartyKind.CREATOR,
    "cart",
    _("Get the permission to share goods"),
    lambda actor: reverse("gate_detail"),
    lambda actor: CartPermission.objects.filter(creator=actor.party, ended_at=None),
)
