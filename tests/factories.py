"""Rows for tests, made through the services like everybody's."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from stdnum.cn import uscc

from matchmaking.needs import services as needs
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.services import NeedFields, ProposalFields
from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.parties import services as parties
from portal.parties.models import Category, City, Party, ServiceType, User
from portal.parties.services import PartyFields, ProviderFields
from portal.parties.states import PartyKind

PASSWORD = "correct-horse-battery"
SYSTEM = system_actor("command")
_numbers = count(1)


def user(email: str, name: str = "某人") -> User:
    return User.objects.create_user(email, PASSWORD, name=name)


def uscc_code() -> str:
    """A fresh code with its right check digit."""
    body = f"91330106MA{next(_numbers):07d}"
    return body + uscc.calc_check_digit(body)


def party_fields(name: str = "谷雨粒食品", **changes: Any) -> PartyFields:
    defaults: dict[str, Any] = {
        "name": name,
        "legal_name": f"杭州{name}有限公司",
        "uscc": uscc_code(),
        "city_id": City.objects.get(code="hangzhou").pk,
        "contact_name": "顾雨",
        "contact_phone": "13800001111",
        "intro": "",
        "shares": {Category.objects.get(code="food").pk: 100},
    }
    return PartyFields(**(defaults | changes))


def provider_fields(**changes: Any) -> ProviderFields:
    defaults: dict[str, Any] = {
        "service_ids": [ServiceType.objects.get(code="live-room").pk],
        "city_ids": [City.objects.get(code="hangzhou").pk],
        "works_remotely": True,
        "price_low_fen": 2_000_000,
        "price_high_fen": 5_000_000,
    }
    return ProviderFields(**(defaults | changes))


def draft_party(kind: PartyKind, name: str, **changes: Any) -> Party:
    owner = user(f"owner-{next(_numbers)}@example.com", f"{name}老板")
    if kind == PartyKind.CREATOR:
        changes = {"uscc": ""} | changes
    return parties.register_party(
        SYSTEM,
        kind=kind,
        fields=party_fields(name, **changes),
        provider=provider_fields() if kind == PartyKind.PROVIDER else None,
        owner=owner,
    )


def submitted_party(kind: PartyKind, name: str, **changes: Any) -> Party:
    return parties.submit_party(SYSTEM, party=draft_party(kind, name, **changes))


def listed_party(kind: PartyKind, name: str, **changes: Any) -> Party:
    return parties.approve_party(SYSTEM, party=submitted_party(kind, name, **changes))


def need_fields(**changes: Any) -> NeedFields:
    today = clock.today()
    defaults: dict[str, Any] = {
        "title": "食品自播间代运营",
        "brief": "把自播间做成稳定出单的渠道。",
        "service_ids": [ServiceType.objects.get(code="live-room").pk],
        "category_ids": [Category.objects.get(code="food").pk],
        "city_id": None,
        "accepts_remote": True,
        "budget_low_fen": 2_000_000,
        "budget_high_fen": 4_000_000,
        "gmv_target_fen": 360_000_000,
        "starts_on": today + timedelta(days=30),
        "term_months": 6,
        "closes_on": today + timedelta(days=14),
    }
    return NeedFields(**(defaults | changes))


def draft_need(actor: Actor, **changes: Any) -> Need:
    return needs.create_need(actor, fields=need_fields(**changes))


def open_need(actor: Actor, **changes: Any) -> Need:
    return needs.publish_need(actor, need=draft_need(actor, **changes))


def proposal_fields(**changes: Any) -> ProposalFields:
    defaults: dict[str, Any] = {
        "plan": "第 1 个月搭建直播间，之后按周复盘。",
        "team": "2 主播 · 1 运营",
        "monthly_fee_fen": 3_800_000,
        "share_bp": 300,
        "starts_on": clock.today() + timedelta(days=30),
    }
    return ProposalFields(**(defaults | changes))


def submitted_proposal(actor: Actor, need: Need, **changes: Any) -> Proposal:
    return needs.submit_proposal(actor, need=need, fields=proposal_fields(**changes))
