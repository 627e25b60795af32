"""The contract of an introduction: both sides and the brokers read it, brokers keep it."""

from __future__ import annotations

from matchmaking.brokerage import rules
from matchmaking.brokerage.models import Introduction
from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import Verdict

CONTRACT = "brokerage.contract"


def may_read_contract(actor: Actor, file: StoredFile) -> Verdict:
    introduction = Introduction.objects.filter(contract=file).first()
    if introduction is None:
        return rules.can_broker(actor)
    return rules.can_read_introduction(actor, introduction)


def may_keep_contract(actor: Actor, party_id: int | None) -> Verdict:
    return rules.can_broker(actor)


register_purpose(
    CONTRACT,
    kinds=("pdf", "image"),
    max_bytes=20 * 1024 * 1024,
    may_read=may_read_contract,
    may_store=may_keep_contract,
    is_personal=False,
    max_side=3000,
)
