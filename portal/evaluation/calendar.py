"""When snapshots are made: previews monthly, official ones quarterly after the appeals."""

from __future__ import annotations

from datetime import date, timedelta

from portal.core.workdays import add_working_days

APPEAL_DAYS = 10  # working days after a preview in which an indicator may be contested
ANSWER_DAYS = 7  # and in which what came in last is answered
ONE = timedelta(days=1)


def last_month_end(today: date) -> date:
    return today.replace(day=1) - ONE


def last_quarter_end(today: date) -> date:
    """The last day of the quarter before this one."""
    first = date(today.year, today.month - (today.month - 1) % 3, 1)
    return first - ONE


def month_period(ends_on: date) -> str:
    """2026-09"""
    return f"{ends_on:%Y-%m}"


def quarter_period(ends_on: date) -> str:
    """2026-Q3"""
    return f"{ends_on.year}-Q{(ends_on.month + 2) // 3}"


def appeals_end(published: date) -> date:
    """The last day to contest a preview."""
    return add_working_days(published, APPEAL_DAYS)


def answers_end(published: date) -> date:
    """The last day on which a contest of it is answered; the official one is made after it."""
    return add_working_days(appeals_end(published), ANSWER_DAYS)
