"""The year's targets are for operators who follow them."""

from __future__ import annotations

from portal.core import clock
from portal.goals.models import GoalCount, YearSum
from portal.parties.models import Region
from portal.revenue.models import ChannelTurnover, Turnover
from tests.routes import Arranged, Cast

GROUPS = ("operator", "evaluation", "fair", "auditor", "regional operator", "administrator")
SEES = ", ".join(f"{name} 200" for name in GROUPS)
PAGES = {
    "GET goal_list": f"visitor 302, {SEES}, * 403",
    "GET goal_seats": f"visitor 302, {SEES}, * 403",
    "GET goal_detail": f"visitor 302, {SEES}, * 403",
}
API = {
    "GET api-goals": f"visitor 401, {SEES}, * 403",
    "GET api-goal-seats": f"visitor 401, {SEES}, * 403",
    "GET api-goal-sums": f"visitor 401, {SEES}, * 403",
}
SEEN_IN_ADMIN = {
    "goals_yearsum": GROUPS,
    "goals_goalcount": GROUPS,
    "revenue_turnover": GROUPS,
    "revenue_channelturnover": GROUPS,
}


def arrange(cast: Cast) -> Arranged:
    party, now = cast.owner.party, clock.now()
    region = Region.objects.get(code=party.city.region_id)
    today = clock.today()
    own = YearSum.objects.create(
        subject="merchant",
        party=party,
        region=region,
        year=today.year,
        net_fen=100,
        first_on=today,
        counted_at=now,
    )
    count = GoalCount.objects.create(
        goal="merchants", region=region, day=today, reached=0, on_pace=0, counted_at=now
    )
    month = Turnover.objects.create(
        role="merchant",
        party=party,
        month=today.replace(day=1),
        lines=1,
        paid_fen=100,
        net_fen=100,
        refunded_fen=0,
        counted_at=now,
    )
    channel = ChannelTurnover.objects.create(
        merchant=party,
        channel="own-live",
        month=today.replace(day=1),
        lines=1,
        paid_fen=100,
        net_fen=100,
        refunded_fen=0,
        counted_at=now,
    )
    return Arranged(
        kwargs={
            "goal_detail": {"code": "merchants"},
            "api-goal-sums": {"code": "merchants"},
            "goal_seats": {"code": "creator"},
            "api-goal-seats": {"code": "creator"},
        },
        rows={
            "goals_yearsum": own,
            "goals_goalcount": count,
            "revenue_turnover": month,
            "revenue_channelturnover": channel,
        },
    )
