"""What machines are told of cooperations: both sides the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation
from portal.webhooks.catalogue import register_event


def cooperation_data(cooperation: Cooperation, told: int) -> dict[str, Any]:
    return {
        "cooperation": cooperation.pk,
        "title": cooperation.title,
        "merchant": cooperation.merchant_id,
        "provider": cooperation.provider_id,
        "status": cooperation.status,
        "version": cooperation.version,
        "starts_on": cooperation.starts_on.isoformat(),
        "ends_on": cooperation.ends_on.isoformat(),
    }


def both_sides(cooperation: Cooperation) -> Iterator[int]:
    yield cooperation.merchant_id
    yield cooperation.provider_id


EXAMPLE = {
    "cooperation": 7,
    "title": "食品自播间代运营",
    "merchant": 1,
    "provider": 61,
    "status": "active",
    "version": 1,
    "starts_on": "2026-12-22",
    "ends_on": "2027-06-22",
}

for name, title, verbs in (
    ("cooperation.proposed", _("A cooperation was proposed"), ("propose_cooperation",)),
    ("cooperation.lapsed", _("A proposal came to nothing"), ("lapse_cooperation",)),
    ("cooperation.agreed", _("A cooperation was agreed"), ("begin_cooperation",)),
    ("cooperation.started", _("A cooperation began"), ("start_cooperation",)),
    ("cooperation.paused", _("A cooperation was paused"), ("pause_cooperation",)),
    ("cooperation.resumed", _("A cooperation goes on"), ("resume_cooperation",)),
    ("cooperation.ending", _("Notice was given"), ("announce_ending",)),
    ("cooperation.ended", _("A cooperation ended"), ("end_cooperation", "terminate_cooperation")),
    (
        "cooperation.amendment",
        _("A change was proposed, declined, taken back or not answered in time"),
        (
            *("propose_amendment", "counter_amendment", "decline_amendment"),
            *("withdraw_amendment", "expire_amendment"),
        ),
    ),
    ("cooperation.amended", _("A change was accepted"), ("accept_amendment",)),
    (
        "cooperation.obligations",
        _("An obligation was added or changed"),
        (
            *("add_obligation", "accept_obligation", "decline_obligation", "finish_obligation"),
            *("confirm_obligation", "return_obligation", "waive_obligation"),
        ),
    ),
    (
        "cooperation.disputes",
        _("A dispute was opened, answered, decided or closed"),
        (
            *("open_dispute", "answer_dispute", "leave_dispute_unanswered", "withdraw_dispute"),
            *("decide_dispute", "appeal_dispute", "decide_dispute_again", "close_dispute"),
        ),
    ),
    ("cooperation.settled", _("A cooperation was settled"), ("settle_cooperation",)),
    ("cooperation.reviews", _("Reviews are shown"), ("publish_reviews",)),
):
    register_event(
        name,
        title,
        of="cooperation.cooperation",
        verbs=verbs,
        parties=both_sides,
        data=cooperation_data,
        example=EXAMPLE,
    )
