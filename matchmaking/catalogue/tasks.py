"""What the clock does with products; each may run twice."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from matchmaking.catalogue import services
from portal.core import clock


@shared_task
def begin_day() -> None:
    """After midnight: today's commissions, and reputations by what was known yesterday."""
    services.refresh_commissions()
    services.rate_all(clock.today() - timedelta(days=1))


@shared_task
def remind_of_certificates() -> None:
    services.remind_of_certificates()


@shared_task
def make_boards() -> None:
    """Of the week that ended; made already, they stay."""
    today = clock.today()
    services.make_boards(today - timedelta(days=today.weekday() + 7))
