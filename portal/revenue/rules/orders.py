"""Who brings orders in, and which of their rows can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, forbidden
from portal.revenue.order_states import EventKind


def can_import_orders(actor: Actor) -> Verdict:
    if actor.role == SYSTEM or actor.has_perm("revenue.import_orders"):
        return ALLOWED
    return forbidden(_("Only operators of the platform's money may bring orders in."))


def flaws_of_order(values: Mapping[str, Any]) -> Iterator[Flaw]:
    """Of one row by itself."""
    if values["event"] == EventKind.SETTLED and not values["phase"]:
        yield Flaw("phase", _("What settled has its phase: 1, 2, …"))
    if values["event"] != EventKind.SETTLED and values["phase"]:
        yield Flaw("phase", _("Only what settled has a phase; leave it empty."))
    for name in ("gross", "shop_coupon", "platform_coupon", "freight"):
        if (values[name] or 0) < 0:
            yield Flaw(name, _("An amount is never below zero; a refund is a row of its own."))
    if values["event"] == EventKind.PAID and values["gross"] == 0:
        yield Flaw("gross", _("Nothing was paid."))


def can_list_orders(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def can_see_all_orders(actor: Actor) -> Verdict:
    if actor.has_perm("revenue.view_orderline"):
        return ALLOWED
    return forbidden(_("Only operators with this right see all orders."))
