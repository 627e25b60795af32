from __future__ import annotations

from celery import shared_task

from portal.core.actor import system_actor
from portal.core.verifying import nightly
from portal.settlement import facts, selectors, services

verify = nightly("settlement.verify", "statements and books differ", selectors.verification)


@shared_task
def agree_silent() -> int:
    """Statements whose days to answer are over."""
    return services.agree_silent(system_actor("task"))


@shared_task
def record_statement_facts() -> int:
    return facts.record_statement_facts(system_actor("task"))


@shared_task
def verify_statements() -> None:
    verify()
