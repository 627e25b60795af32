from __future__ import annotations

from celery import shared_task

from portal.core.actor import system_actor
from portal.core.verifying import nightly
from portal.ledger import selectors, services

verify = nightly("ledger.verify", "the books are wrong", selectors.verification)


@shared_task
def move_checkpoints() -> int:
    return services.move_checkpoints(system_actor("task"))


@shared_task
def verify_ledger() -> None:
    verify()
