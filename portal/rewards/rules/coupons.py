"""Who records where a coupon's points went, and which use can be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, forbidden
from portal.rewards.fields import UseFields
from portal.rewards.models import Coupon
from portal.rewards.states import CouponStatus

SOON = timedelta(minutes=5)  # clocks of machines differ


def can_use_coupons(actor: Actor) -> Verdict:
    if actor.has_perm("rewards.use_coupon"):
        return ALLOWED
    return forbidden(_("Only operators of tasks record the use of coupons."))


def flaws_of_use(coupon: Coupon | None, use: UseFields) -> Iterator[Flaw]:
    if coupon is None:
        yield Flaw("number", _("There is no coupon of this number."))
        return
    if coupon.status != CouponStatus.OPEN:
        yield Flaw("number", _("This coupon cannot be used any more."))
    elif use.amount < 1 or use.amount > coupon.rest:
        said = _("From 1 to the %(n)s points that are left.")
        yield Flaw("amount", said % {"n": coupon.rest})
    if not coupon.granted_at <= use.at <= clock.now() + SOON or use.at >= coupon.expires_at:
        yield Flaw("at", _("Between the day it was granted and its last day, and not later."))
    if not use.ref.strip() or len(use.ref) > 80:
        yield Flaw("ref", _("The number of the traffic order, up to 80 characters."))
    if len(use.text) > 120:
        yield Flaw("text", _("At most 120 characters."))
