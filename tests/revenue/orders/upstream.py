"""What an upstream sends by the API, and a shop that it is of."""

from __future__ import annotations

from typing import Any

from portal.parties import services as parties
from portal.parties.fields import OwnedFields
from portal.parties.models import OwnedAccount
from tests.conftest import Person
from tests.factories import SYSTEM


def own_shop(merchant: Person, handle: str = "Shop-1") -> OwnedAccount:
    """A shop of the merchant's, proven."""
    assert merchant.party is not None
    fields = OwnedFields(platform="shop", handle=handle, name="谷雨粒旗舰店")
    claim = parties.claim_account(merchant.actor, party=merchant.party, fields=fields)
    placed = parties.place_proof(merchant.actor, account=claim)
    return parties.prove_account(SYSTEM, account=placed)


def told(event: str = "paid", gross: str = "199.00", **more: Any) -> dict[str, Any]:
    said = {
        "event_id": f"A-{event}",
        "order": "API1",
        "line": "1",
        "event": event,
        "shop": "shop-1",
        "product_source": "shop",
        "gross": gross,
        "occurred_at": "2026-03-01T20:15:00+08:00",
    }
    return said | ({"phase": 1} if event == "settled" else {}) | more


def sent(*events: dict[str, Any], feed: str = "douyin") -> dict[str, Any]:
    return {"feed": feed, "events": list(events) or [told()]}
