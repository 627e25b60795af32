"""The one clock. A service takes the time once; the demo and tests may stand at another moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _standing.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Shanghai, where the platform's days and months begin."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Shanghai."""
    return moment.astimezone(SHANGHAI).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Within the block, `now()` is `moment` (aware)."""
    if moment.tzinfo is None:
        raise ValueError("standing_at needs an aware datetime")
    token = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)
