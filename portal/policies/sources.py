"""Which goods may be shown in live rooms on a day, by where they are sold from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.policies.dated import DatedRules, read_dated_rules
from portal.policies.models import DatedRule
from portal.policies.states import DatedKind, ProductSource

LIVE = (DatedKind.LIVE_CART, DatedKind.LIVE_BY_ORDER)


class LiveUse(models.TextChoices):
    """How goods may come into a live room."""

    FREE = "free", _("Allowed in carts of live rooms")
    BY_ORDER = "by_order", _("Only through a Star Map order")
    SHUT = "shut", _("Not allowed in carts of live rooms")


@dataclass(frozen=True, slots=True)
class SourceUse:
    """What holds for one source on a day, by which rule."""

    source: ProductSource
    use: LiveUse
    rule: DatedRule | None


def live_uses(day: date) -> list[SourceUse]:
    """Of every source, in the order of the list."""
    rules = read_dated_rules(*LIVE)
    return [use_of(rules, source, day) for source in ProductSource]


def use_of(rules: DatedRules, source: ProductSource, day: date) -> SourceUse:
    """A cart that is shut goes before an order that opens it."""
    cart = rules.row_on(DatedKind.LIVE_CART, day, source=source)
    order = rules.row_on(DatedKind.LIVE_BY_ORDER, day, source=source)
    if cart is not None and not cart.value:
        return SourceUse(source, LiveUse.SHUT, cart)
    if order is not None and order.value:
        return SourceUse(source, LiveUse.BY_ORDER, order)
    return SourceUse(source, LiveUse.FREE, cart)
