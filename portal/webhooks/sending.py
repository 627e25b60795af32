"""Sending what is due. Requests are made outside of transactions, several receivers at a time and
one at a time for each, so that a slow one holds up nobody but itself."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from portal.core import clock
from portal.core.clock import SHANGHAI
from portal.core.outgoing import Answer, Blocked, Unreachable, post
from portal.webhooks import services, signing
from portal.webhooks.models import Event, WebhookDelivery

AT_ONCE = 8
ROUNDS = 6  # then another task goes on


@dataclass(frozen=True, slots=True)
class Letter:
    """What a thread needs: no rows, no database."""

    delivery: WebhookDelivery
    url: str
    body: bytes
    headers: dict[str, str]


def send_due() -> int:
    """Send what is due and say how many were tried. Safe to run side by side."""
    tried = 0
    for _round in range(ROUNDS):
        claimed = _claim()
        if not claimed:
            break
        letters = [_letter(delivery) for delivery in claimed]
        with ThreadPoolExecutor(len(letters)) as pool:
            answers = list(pool.map(_post, letters))
        for letter, (answer, problem) in zip(letters, answers, strict=True):
            services.end_try(letter.delivery, answer=answer, problem=problem)
        tried += len(claimed)
    return tried


def _claim() -> list[WebhookDelivery]:
    claimed: list[WebhookDelivery] = []
    while len(claimed) < AT_ONCE and (delivery := services.claim_delivery()) is not None:
        claimed.append(delivery)
    return claimed


def _letter(delivery: WebhookDelivery) -> Letter:
    body = body_of(delivery.event)
    headers = signing.headers_of(delivery.webhook, delivery.event.message_id, body, clock.now())
    return Letter(delivery, delivery.webhook.url, body, headers)


def body_of(event: Event) -> bytes:
    """The same bytes for each try, as the signature needs them."""
    at = event.at.astimezone(SHANGHAI).isoformat(timespec="milliseconds")
    said = {"type": event.type, "timestamp": at, "party": event.party_id, "data": event.data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _post(letter: Letter) -> tuple[Answer | None, str]:
    try:
        return post(letter.url, letter.body, letter.headers), ""
    except (Blocked, Unreachable) as error:
        return None, str(error)
