"""What of an order is split: coupons and freight come in or stay out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BaseRule:
    """A shop's own coupon always lowers the base: the merchant gave it. Who bears the platform's
    coupon, and whether freight is split, is configured."""

    platform_coupon_lowers: bool = False
    freight_counts: bool = False


def base_of(
    rule: BaseRule, gross: int, shop_coupon: int, platform_coupon: int, freight: int
) -> int:
    """In fen. gross: the price of the goods before any coupon. Raises ValueError where coupons are
    more than the goods."""
    base = gross - shop_coupon
    if rule.platform_coupon_lowers:
        base -= platform_coupon
    if base < 0:
        raise ValueError("coupons are more than the goods cost")
    return base + (freight if rule.freight_counts else 0)
