"""What machines are told of content orders: both sides the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.content.models import ContentOrder
from portal.webhooks.catalogue import register_event


def order_data(order: ContentOrder, told: int) -> dict[str, Any]:
    return {
        "order": str(order.pk),
        "title": order.title,
        "merchant": order.merchant_id,
        "maker": order.maker_id,
        "status": order.status,
        "fee_fen": order.fee_fen,
        "share_bp": order.share_bp,
        "cooperation": order.cooperation_id,
        "draft_url": order.draft_url,
    }


def both_sides(order: ContentOrder) -> Iterator[int]:
    yield order.merchant_id
    yield order.maker_id


EXAMPLE = {
    "order": "0d5f3c0e-2f0a-4d61-8d6b-1a2b3c4d5e6f",
    "title": "杂粮礼盒开箱视频",
    "merchant": 1,
    "maker": 81,
    "status": "quoted",
    "fee_fen": 800_000,
    "share_bp": 1_000,
    "cooperation": None,
    "draft_url": "",
}

for name, title, verbs in (
    ("content.asked", _("Content was asked for"), ("order_content",)),
    (
        "content.quoted",
        _("Content was quoted, declined or taken back"),
        ("quote_content", "decline_content", "withdraw_content", "expire_content"),
    ),
    ("content.accepted", _("A quote was accepted"), ("accept_quote",)),
    (
        "content.piece",
        _("A piece was shown, approved or is to be revised"),
        ("show_piece", "ask_revision", "approve_piece", "take_piece_as_approved"),
    ),
    ("content.cancelled", _("A piece was broken off"), ("break_off_content",)),
    ("content.paid", _("A piece was paid"), ("show_payment", "confirm_payment")),
):
    register_event(
        name,
        title,
        of="content.contentorder",
        verbs=verbs,
        parties=both_sides,
        data=order_data,
        example=EXAMPLE,
    )
