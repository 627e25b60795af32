"""From a paper's document to what the editor shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portal.revenue.forms.bills import are_shown
from portal.revenue.forms.parts import BANDS, ORDER

Parts = Sequence[dict[str, Any]]
SHOWN_OF_MONTHS = {"code", "party", "of", "ladder", "rate_bp", "guarantee", "less"}


def is_editable(terms: Mapping[str, Any]) -> bool:
    """Whether the editor can show it without losing anything; the API can write more."""
    return _shows_months(terms["period_components"]) and are_shown(
        terms.get("invoice_components", ())
    )


def _shows_months(period_components: Parts) -> bool:
    if not period_components:
        return True
    one = {key: value for key, value in period_components[0].items() if value is not None}
    bands = one.get("ladder", {}).get("bands", [])
    is_plain = one.keys() <= SHOWN_OF_MONTHS and one["party"] == "payee"
    return len(period_components) == 1 and is_plain and len(bands) <= BANDS


def initial_of(components: Parts, period_components: Parts) -> list[dict[str, Any]]:
    """A dictionary for each part, and the last one for the month."""
    month = next((_month(one) for one in period_components), {})
    return [*_flat(components, ORDER, 0), month]


def initial_of_routes(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Seal, signers and who is paid."""
    seal, paid_to = terms.get("seal") or {}, terms.get("paid_to") or {}
    return {
        "signers": terms.get("signers", ""),
        "seals": ",".join(seal.get("by", ())),
        "seal_days": seal.get("days"),
        "pays": paid_to.get("party", ""),
        "onward_days": paid_to.get("onward_days"),
    }


def _flat(components: Parts, parent: str, before: int) -> Iterator[dict[str, Any]]:
    number = before
    for one in components:
        number += 1
        own = number
        yield {
            "code": one["code"],
            "rate": one.get("rate_bp"),
            "fixed": one.get("fixed_fen"),
            "cap": one.get("cap_fen"),
            "parent": parent,
            **(one.get("divide") or {one["party"]: 1}),
        }
        for inner in _flat(one.get("components") or (), str(own), number):
            number += 1
            yield inner


def _month(one: Mapping[str, Any]) -> dict[str, Any]:
    ladder = one.get("ladder") or {"bands": [{"rate_bp": one.get("rate_bp")}]}
    found: dict[str, Any] = {"code": one["code"], "mode": ladder.get("mode")}
    for number, band in enumerate(ladder["bands"], start=1):
        is_last = band.get("up_to_fen") is None
        found[f"rate_{number}"] = band["rate_bp"]
        found |= {} if is_last else {f"top_{number}": band["up_to_fen"]}
    guarantee = one.get("guarantee") or {}
    return found | {
        "guarantee": guarantee.get("fen"),
        "guarantee_mode": guarantee.get("mode"),
        "is_less": bool(one.get("less")),
    }
