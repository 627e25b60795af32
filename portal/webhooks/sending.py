"""Sending what is due. Requests are made outside of transactions, several receivers at a time and
one at a time for each. One run at a time in the whole site: however slow receivers are, a single
worker waits for them, and mails, jobs and deadlines go on in the others."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from portal.core import clock
from portal.core.clock import SHANGHAI
from portal.core.outgoing import Answer, Blocked, Unreachable, post
from portal.webhooks import services, signing
from portal.webhooks.models import Event, WebhookDelivery

AT_ONCE = 8
RUN_SECONDS = 20  # then nothing new begins; beat sends the next run
WAIT_SECONDS = 15  # for one request with its lookup, which has no end of its own
LANE = 7_236_410_552  # the number of the lock that a run holds
Told = tuple[Answer | None, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a thread needs: no rows, no database."""

    delivery: WebhookDelivery
    url: str
    body: bytes
    headers: dict[str, str]
    began: float


def send_due(*, wait_seconds: float = WAIT_SECONDS) -> int:
    """Send what is due and say how many were tried; 0 while another run is under way."""
    with _lane() as is_free:
        return _Run(wait_seconds).go() if is_free else 0


@contextmanager
def _lane() -> Iterator[bool]:
    """A lock of the session's: it ends with the worker, however that ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LANE])
        is_free = bool(cursor.fetchone()[0])
    try:
        yield is_free
    finally:
        if is_free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LANE])


class _Run:
    def __init__(self, wait_seconds: float) -> None:
        self.wait_seconds = wait_seconds
        self.until = time.monotonic() + RUN_SECONDS
        self.flying: dict[Future[Told], Letter] = {}
        self.tried = 0

    def go(self) -> int:
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            while self._fill(pool):
                wait(self.flying, timeout=min(1, self.wait_seconds), return_when=FIRST_COMPLETED)
                self._end_some()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return self.tried

    def _fill(self, pool: ThreadPoolExecutor) -> bool:
        """Begin as many as there is room for; whether anything is under way."""
        while len(self.flying) < AT_ONCE and time.monotonic() < self.until:
            delivery = services.claim_delivery()
            if delivery is None:
                break
            letter = _letter(delivery)
            self.flying[pool.submit(_post, letter)] = letter
        return bool(self.flying)

    def _end_some(self) -> None:
        """Write down each try as it ends, or as its time is over."""
        for future, letter in list(self.flying.items()):
            if future.done():
                answer, problem = future.result()
            elif time.monotonic() - letter.began > self.wait_seconds:
                answer, problem = None, "no answer in time"
            else:
                continue
            del self.flying[future]
            services.end_try(letter.delivery, answer=answer, problem=problem)
            self.tried += 1


def _letter(delivery: WebhookDelivery) -> Letter:
    body = body_of(delivery.event)
    headers = signing.headers_of(delivery.webhook, delivery.event.message_id, body, clock.now())
    return Letter(delivery, delivery.webhook.url, body, headers, time.monotonic())


def body_of(event: Event) -> bytes:
    """The same bytes for each try, as the signature needs them."""
    at = event.at.astimezone(SHANGHAI).isoformat(timespec="milliseconds")
    said = {"type": event.type, "timestamp": at, "party": event.party_id, "data": event.data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _post(letter: Letter) -> Told:
    try:
        return post(letter.url, letter.body, letter.headers), ""
    except (Blocked, Unreachable) as error:
        return None, str(error)
