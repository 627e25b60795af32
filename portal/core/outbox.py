"""The outbox: a row beside the change, delivered after the commit, at least once.

`put` writes the row and only wakes the dispatcher when the transaction commits; if the broker is
gone the row waits for the next beat. Rows are picked by "not delivered", never by the last id,
because id order is not commit order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from portal.core import bulk, clock
from portal.core.models import OutboxMessage

logger = logging.getLogger(__name__)
BATCH = 100
MAX_BACKOFF = timedelta(hours=1)


_delivered_already: ContextVar[bool] = ContextVar("delivered_already", default=False)


@contextmanager
def born_delivered() -> Iterator[None]:
    """Within the block, messages are written as delivered: history that nobody should be mailed."""
    token = _delivered_already.set(True)
    try:
        yield
    finally:
        _delivered_already.reset(token)


def is_history() -> bool:
    """Whether what happens now is history: nobody is to be told of it."""
    return _delivered_already.get()


def put(task: str, *, key: str, payload: dict[str, Any]) -> None:
    """Ask for `task` (a Celery task's name) to run with `payload` after this commit."""
    put_many([message(task, key=key, payload=payload, at=clock.now())])


def put_many(messages: Sequence[OutboxMessage]) -> None:
    """Write what `message` made, but for keys that are there already."""
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
    _wake_after(messages)


def put_new(messages: Sequence[OutboxMessage]) -> None:
    """The same in bulk, of keys that are known to be new."""
    bulk.insert(messages)
    _wake_after(messages)


def _wake_after(messages: Sequence[OutboxMessage]) -> None:
    if any(message.delivered_at is None for message in messages) and not _will_wake():
        transaction.on_commit(wake_dispatcher, robust=True)


def message(task: str, *, key: str, payload: dict[str, Any], at: datetime) -> OutboxMessage:
    """A message that is not yet written."""
    delivered_at = at if is_history() else None
    return OutboxMessage(
        task=task, key=key, payload=payload, created_at=at, due_at=at, delivered_at=delivered_at
    )


def _will_wake() -> bool:
    """Whether this transaction wakes the dispatcher already: a broker that does not answer is
    waited for once a request, not once a message."""
    return any(entry[1] is wake_dispatcher for entry in connection.run_on_commit)


def wake_dispatcher() -> None:
    send_task("portal.core.tasks.dispatch_outbox")


def send_task(name: str, *args: Any) -> bool:
    """Send a task if the broker answers. Callers keep the work in a row, so losing this is safe."""
    try:
        current_app.send_task(name, args=args, retry=False)
    except (OSError, OperationalError, RedisError) as error:
        logger.warning("broker unreachable, work waits for beat", extra={"error": str(error)})
        return False
    return True


def dispatch() -> int:
    """Deliver what is due and return how many were delivered. Safe to run side by side."""
    delivered = 0
    while _deliver_next():
        delivered += 1
        if delivered >= BATCH:
            wake_dispatcher()
            break
    return delivered


def _deliver_next() -> bool:
    """Deliver one message in its own transaction; False when none could be taken."""
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(delivered_at__isnull=True, due_at__lte=clock.now())
            .order_by("due_at", "id")
            .first()
        )
        if message is None:
            return False
        message.attempts += 1
        try:
            with transaction.atomic():
                current_app.tasks[message.task].run(**message.payload)
            message.delivered_at, message.error = clock.now(), ""
        except Exception as error:  # any failure of a delivery waits for its next turn
            logger.exception("delivery failed", extra={"task": message.task, "key": message.key})
            message.error = repr(error)
            message.due_at = clock.now() + _backoff(message.attempts)
        message.save(update_fields=["attempts", "delivered_at", "error", "due_at"])
        return True


def _backoff(attempts: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(attempts, 12)), MAX_BACKOFF)
