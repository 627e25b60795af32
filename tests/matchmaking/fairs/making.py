"""A published fair that takes sign-ups, and people who sign up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from matchmaking.fairs import services
from matchmaking.fairs.fields import FairFields, SignUpFields
from matchmaking.fairs.models import Fair, FairPool, SignUp
from matchmaking.fairs.states import FairKind
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Category, City, Party
from tests import factories
from tests.factories import SYSTEM

ROLES = ("merchant", "creator", "agency")


def fair_fields(seats: int = 5, roles: Sequence[str] = ROLES, **changes: Any) -> FairFields:
    now, food = clock.now(), Category.objects.get(code="food").pk
    defaults: dict[str, Any] = {
        "title": "抖Link 选品会 · 杭州站",
        "kind": FairKind.SELECTION,
        "city_id": City.objects.get(code="hangzhou").pk,
        "venue": "杭州国际博览中心 3 号馆",
        "is_online": False,
        "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(days=10),
        "starts_at": now + timedelta(days=14),
        "ends_at": now + timedelta(days=14, hours=8),
        "seats": {(role, food): seats for role in roles},
    }
    return FairFields(**(defaults | changes))


def open_fair(seats: int = 5, **changes: Any) -> Fair:
    fair = services.create_fair(SYSTEM, fields=fair_fields(seats, **changes))
    return services.publish_fair(SYSTEM, fair=fair)


def pool_of(fair: Fair, role: str) -> FairPool:
    return FairPool.objects.of(fair).get(role=role)


def signed_up(actor: Actor, fair: Fair, party: Party, **changes: Any) -> SignUp:
    if party.kind == "merchant" and "product_ids" not in changes:
        owner = party.membership_set.get(role="owner").user
        own = Actor(user=owner, party=party, role="owner", via="web")
        changes["product_ids"] = [factories.listed_product(own).pk]
    defaults = {"pool_id": pool_of(fair, party.kind).pk, "key": f"key-{party.pk}"}
    fields = SignUpFields(**(defaults | changes))
    return services.sign_up(actor, fair=fair, party=party, fields=fields)
