"""What machines are told of introductions: the asker from its wish on, the creator from when it was
put to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage.models import Introduction
from portal.webhooks.catalogue import register_event


def introduction_data(introduction: Introduction, told: int) -> dict[str, Any]:
    return {
        "introduction": str(introduction.public_id),
        "subject": introduction.subject,
        "asker": introduction.asker_id,
        "creator": introduction.creator_id,
        "status": introduction.status,
        "reason": introduction.reason,
    }


def who_knows(introduction: Introduction) -> Iterator[int]:
    yield introduction.asker_id
    if introduction.offered_at is not None:
        yield introduction.creator_id


EXAMPLE = {
    "introduction": "c0a8012e-3c5b-4f0f-8d5c-2f6f3f6f9a10",
    "subject": "年货节专场直播",
    "asker": 1,
    "creator": 301,
    "status": "offered",
    "reason": "",
}

for name, title, verbs in (
    ("introduction.asked", _("We asked for an introduction"), ("ask_introduction",)),
    ("introduction.taken", _("The platform prepares an introduction"), ("take_introduction",)),
    ("introduction.offered", _("An introduction was put to the creator"), ("offer_introduction",)),
    ("introduction.answered", _("The creator answered"), ("answer_introduction",)),
    ("introduction.signed", _("The contract of an introduction is kept"), ("sign_introduction",)),
    (
        "introduction.ended",
        _("An introduction was refused, withdrawn or has its outcome"),
        ("refuse_introduction", "withdraw_introduction", "end_introduction"),
    ),
):
    register_event(
        name,
        title,
        of="brokerage.introduction",
        verbs=verbs,
        parties=who_knows,
        data=introduction_data,
        example=EXAMPLE | {"status": name.partition(".")[2]},
    )
