"""Until when a question is answered: counted in the hours somebody is at the desk."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from portal.core.clock import SHANGHAI
from portal.core.workdays import is_working_day

OPENS, CLOSES = time(9), time(18)


def after_working_hours(start: datetime, hours: int) -> datetime:
    """The moment `hours` of the desk's hours after `start` (aware), holidays left out."""
    local, left = start.astimezone(SHANGHAI), timedelta(hours=hours)
    while True:
        opens = datetime.combine(local.date(), OPENS, SHANGHAI)
        closes = datetime.combine(local.date(), CLOSES, SHANGHAI)
        begins = max(local, opens)
        if begins < closes and is_working_day(local.date()):
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        local = opens + timedelta(days=1)
