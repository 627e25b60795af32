"""The signs of a claim with their formulas in words: they send it to a person, who decides."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.rewards.engine import Sign
from portal.rewards.models import Claim

WORDS: dict[str, tuple[str | Promise, str | Promise, str]] = {
    Sign.REFUNDED_SOON: (
        _("Refunded at once"),
        _("orders given back whole within 24 hours of payment ÷ all orders, of at least 5"),
        "%",
    ),
    Sign.ONE_BUYER: (
        _("One buyer"),
        _("orders of the buyer with most of them ÷ orders whose buyer is known, of at least 5"),
        "%",
    ),
    Sign.BURST: (
        _("A burst of records"),
        _("most records within any 10 minutes ÷ all records, of at least 10"),
        "%",
    ),
    Sign.SHARED: (
        _("Shared people or accounts"),
        _("other claimants of the same task that share a person or an account"),
        "",
    ),
}


@dataclass(frozen=True, slots=True)
class SignShown:
    name: str
    formula: str
    value: str
    threshold: str


def signs_of(claim: Claim) -> list[SignShown]:
    found = []
    for sign in claim.signs.order_by("pk"):
        name, formula, unit = WORDS.get(sign.code, (sign.code, "", ""))
        value, threshold = sign.value // 1000, sign.threshold // 1000
        found.append(SignShown(str(name), str(formula), f"{value}{unit}", f"{threshold}{unit}"))
    return found
