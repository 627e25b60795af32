"""The daily feed: a shop's or creator's own; operators bring in figures for any."""

from __future__ import annotations

from portal.activity.fields import DayFields
from portal.activity.models import ActivityDay
from portal.activity.services import record_days
from portal.activity.states import Source
from portal.core import clock
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast

PAGES = {
    "GET activity_list": "visitor 302, owner 200, member 200, creator 200, * 404",
    "GET activity_report": "visitor 302, owner 200, creator 200, member 403, * 404",
    "POST activity_report": "visitor 302, owner 200, creator 200, member 403, * 404",
}
API = {
    "GET api-activity": "visitor 401, * 200",
    # Operators name the party of each day; an empty body tells them so.
    "POST api-activity": (
        "visitor 401, owner 200, creator 200, operator 400, administrator 400, * 403"
    ),
}
SEEN_IN_ADMIN = {"activity_activityday": ("operator", "auditor", "evaluation")}


def arrange(cast: Cast) -> Arranged:
    day = {
        "day": clock.today().isoformat(),
        "followers": 1,
        "videos": 0,
        "lives": 0,
        "has_sold": True,
    }
    assert cast.owner.party is not None
    fields = DayFields(cast.owner.party.pk, clock.today(), 5, 0, 0, False)
    record_days(SYSTEM, days=[fields], source=Source.PLATFORM)
    return Arranged(
        bodies={"POST api-activity": {"days": [day]}},
        rows={"activity_activityday": ActivityDay.objects.first()},
    )
