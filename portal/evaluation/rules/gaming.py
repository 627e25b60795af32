"""Rules against gaming: pure functions of what is known when a fact is made, and of the thresholds
in the method's `gathering`. What they take out stays as a struck fact, in sight and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.evaluation.fields import FactFields
from portal.evaluation.gathering import Gaming
from portal.evaluation.states import Strike


@dataclass(frozen=True, slots=True)
class Order:
    """One paid order, as these rules see it. `payer`: whoever paid, in any form that tells payers
    apart; no name is needed."""

    key: Hashable
    payer: Hashable
    paid_at: datetime
    refunded_at: datetime | None = None


def strikes_of_orders(orders: Iterable[Order], gaming: Gaming) -> dict[Hashable, Strike]:
    """The orders of one merchant in one period that do not count, by key. An order that was paid
    back within `refund_hours`; and all orders of a payer who has at least `payer_orders` of what
    is left and more than `payer_share` percent of it."""
    orders = list(orders)
    found: dict[Hashable, Strike] = {
        one.key: Strike.QUICK_REFUND for one in orders if is_quick_refund(one, gaming)
    }
    left = [one for one in orders if one.key not in found]
    clusters = payers_in_clusters(left, gaming)
    found |= {one.key: Strike.SAME_PAYER for one in left if one.payer in clusters}
    return found


def is_quick_refund(order: Order, gaming: Gaming) -> bool:
    """Within the hours, to the minute: at the last one it is still quick."""
    if order.refunded_at is None:
        return False
    return order.refunded_at - order.paid_at <= timedelta(hours=gaming.refund_hours)


def payers_in_clusters(orders: Collection[Order], gaming: Gaming) -> set[Hashable]:
    counts = Counter(one.payer for one in orders)
    most = gaming.payer_share / 100 * len(orders)
    return {
        payer for payer, count in counts.items() if count >= gaming.payer_orders and count > most
    }


def strike_of(fields: FactFields, *, is_self_dealing: bool, gaming: Gaming) -> str:
    """What takes this fact out, empty if nothing does. A part that has judged already says so in
    `strike`. Of a review, `detail` says `cooperation_days`, and `is_paid` once payments are known
    here: until then a cooperation is not held to be unpaid."""
    if fields.strike:
        return fields.strike
    if is_self_dealing:
        return Strike.SELF_DEALING
    days = fields.detail.get("cooperation_days")
    if days is not None and days < gaming.review_days:
        return Strike.SHORT_COOPERATION
    if fields.detail.get("is_paid") is False:
        return Strike.UNPAID
    return ""


def pairs_that_belong_together(
    pairs: Iterable[tuple[int, int]], bonds: Iterable[tuple[int, Hashable]]
) -> set[tuple[int, int]]:
    """Those of `pairs` of parties with a bond in common. `bonds`: party → what it shares with
    others if they are in truth the same: a person who speaks for it, its registration, the person
    behind it, the party it was merged into."""
    of_party: defaultdict[int, set[Hashable]] = defaultdict(set)
    for party, bond in bonds:
        of_party[party].add(bond)
    return {(one, other) for one, other in pairs if of_party[one] & of_party[other]}
