"""Traffic coupons in use: each traffic order once, never more than is left; what is left at the end
goes back to the pool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.refusing import refusing
from portal.core.verdict import Flaw, flawless
from portal.rewards import rules
from portal.rewards.fields import UseFields
from portal.rewards.models import Coupon, CouponUse
from portal.rewards.services.giving_back import move_pools
from portal.rewards.services.telling import tell_coupons
from portal.rewards.states import CHUNK, CouponStatus, EntryKind


@transaction.atomic
def use_coupons(actor: Actor, *, uses: Sequence[UseFields]) -> int:
    """All of them, or none; a traffic order that is known in the same words is skipped. How many
    were new."""
    rules.can_use_coupons(actor).require()
    uses = [replace(use, ref=use.ref.strip()) for use in uses]
    coupons = _lock({use.number for use in uses})
    known = {row.ref: row for row in CouponUse.objects.filter(ref__in=[one.ref for one in uses])}
    rows: list[CouponUse] = []
    for use in uses:
        coupon = coupons.get(use.number)
        before = known.get(use.ref)
        if before is not None and coupon is not None and _is_same(before, coupon, use):
            continue
        if before is not None:
            flawless([Flaw("ref", _("This traffic order is known with another use."))]).require()
        flawless(rules.flaws_of_use(coupon, use)).require()
        assert coupon is not None  # a flaw above
        rows.append(_use(coupon, use))
        known[use.ref] = rows[-1]
    _write(actor, rows)
    return len(rows)


def _lock(numbers: set[str]) -> dict[str, Coupon]:
    rows = Coupon.objects.select_for_update(of=("self",), no_key=True).filter(number__in=numbers)
    found = rows.select_related("claim__task", "kind").order_by("pk")
    return {coupon.number: coupon for coupon in found}


def _is_same(row: CouponUse, coupon: Coupon, use: UseFields) -> bool:
    return (row.coupon_id, row.amount) == (coupon.pk, use.amount)


def _use(coupon: Coupon, use: UseFields) -> CouponUse:
    coupon.used += use.amount
    if not coupon.rest:
        coupon.status, coupon.ended_at = CouponStatus.USED, clock.now()
    return CouponUse(
        coupon=coupon, amount=use.amount, ref=use.ref, text=use.text.strip(), at=use.at
    )


def _write(actor: Actor, rows: Sequence[CouponUse]) -> None:
    coupons = list({row.coupon_id: row.coupon for row in rows}.values())
    bulk.update(coupons, ["used", "status", "ended_at"])
    known = flawless([Flaw("ref", _("This traffic order is known with another use."))])
    with refusing({"ref": known}):
        CouponUse.objects.bulk_create(rows)
    audit.record_many(
        [
            audit.entry(actor, "use_coupon", row.coupon, at=row.at, after={"amount": row.amount})
            for row in rows
        ]
    )
    move_pools(actor, [(row.coupon.claim, EntryKind.USE, row.amount) for row in rows])


def expire_coupons(actor: Actor) -> int:
    """How many ended; some at a time."""
    ended = 0
    while some := _expire_some(actor):
        ended += some
    return ended


@transaction.atomic
def _expire_some(actor: Actor) -> int:
    now = clock.now()
    rows = Coupon.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    due = rows.lapsed(now).select_related("claim__task", "kind", "party").order_by("expires_at")
    coupons = list(due[:CHUNK])
    for coupon in coupons:
        coupon.status, coupon.ended_at = CouponStatus.EXPIRED, now
    bulk.update(coupons, ["status", "ended_at"])
    audit.record_many(
        [
            audit.entry(actor, "expire_coupon", one, at=now, after={"returned": one.rest})
            for one in coupons
        ]
    )
    tell_coupons(coupons)
    move_pools(actor, [(one.claim, EntryKind.EXPIRE, one.rest) for one in coupons])
    return len(coupons)
