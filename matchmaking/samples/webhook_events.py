"""What machines are told of samples: both sides the same, never the address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.samples.models import Sample
from portal.webhooks.catalogue import register_event


def sample_data(sample: Sample, told: int) -> dict[str, Any]:
    return {
        "sample": str(sample.pk),
        "cooperation": sample.cooperation_id,
        "product": sample.product,
        "product_id": sample.goods_id,
        "quantity": sample.quantity,
        "status": sample.status,
        "carrier": sample.carrier,
        "tracking": sample.tracking,
        "due_on": sample.due_on.isoformat() if sample.due_on else None,
        "post_url": sample.post_url,
    }


def both_sides(sample: Sample) -> Iterator[int]:
    yield sample.cooperation.merchant_id
    yield sample.cooperation.provider_id


EXAMPLE = {
    "sample": "6f0c2f6e-6f5e-4d3e-9a57-3b8a4f2f9b11",
    "cooperation": 7,
    "product": "杂粮礼盒",
    "product_id": 31,
    "quantity": 2,
    "status": "shipped",
    "carrier": "顺丰",
    "tracking": "SF1234567890",
    "due_on": None,
    "post_url": "",
}

for name, title, verbs in (
    ("sample.asked", _("A sample was asked for"), ("request_sample",)),
    (
        "sample.answered",
        _("A sample was approved or declined"),
        ("approve_sample", "decline_sample", "withdraw_sample", "expire_sample"),
    ),
    ("sample.shipped", _("A sample was sent"), ("ship_sample",)),
    (
        "sample.received",
        _("A sample was received, or lost"),
        ("receive_sample", "take_sample_as_received", "lose_sample"),
    ),
    (
        "sample.post",
        _("A sample's post is due, overdue, shown or waived"),
        ("sample_falls_due", "sample_is_overdue", "post_sample", "waive_post"),
    ),
):
    register_event(
        name,
        title,
        of="samples.sample",
        verbs=verbs,
        parties=both_sides,
        data=sample_data,
        example=EXAMPLE,
    )
