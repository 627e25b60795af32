"""An agency with creators that sell, a rating, rules small enough for a test, and a calendar.

The quarter is the second of 2027: its numbers are frozen on 16 July, the window is open from 17
July, results are told on 12 August and hold from 1 September.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from portal.activity import services as activity
from portal.activity.fields import DayFields
from portal.activity.states import Source
from portal.core import clock
from portal.evaluation.models import Rating, Snapshot
from portal.evaluation.states import SnapshotKind, SnapshotStatus
from portal.parties import services as parties
from portal.parties.fields import RosterFields
from portal.parties.models import Party
from portal.parties.services import Signing
from portal.parties.states import PartyKind
from portal.tiers import selectors, services
from portal.tiers.engine import Quarter, quarter_of
from portal.tiers.fields import ApplicationFields, RulesFields, RungFields, WindowFields
from portal.tiers.models import StarReview, StarRuleSet, StarStanding, StarWindow
from tests import factories
from tests.conftest import Person, person_of, staff_person
from tests.evaluation.factories import DIGEST, method
from tests.factories import SYSTEM
from tests.revenue.orders.telling import Order, record

QUARTER = Quarter(2027, 2)
FROZEN, OPEN = date(2027, 7, 16), date(2027, 7, 20)
TOLD, HELD = date(2027, 8, 12), date(2027, 9, 1)
YUAN = 100


def at(day: date, hour: int = 4):
    """Within the block it is that day in Shanghai."""
    return clock.standing_at(datetime.combine(day, time(hour), clock.SHANGHAI))


def rules_fields(**changes: Any) -> RulesFields:
    """Star n asks n creators and n times ¥100 of a health of 60."""
    defaults: dict[str, Any] = {
        "starts_on": date(2027, 1, 1),
        "source": "测试规则",
        "rungs": [RungFields(n, n * 100 * YUAN, 6_000) for n in range(1, 6)],
        "benefits": {(1, "listed"): 1, (2, "fair_seats"): 5, (3, "fair_seats"): 15},
    }
    return RulesFields(**(defaults | changes))


def small_rules(**changes: Any) -> StarRuleSet:
    """Proposed by one person, approved by another."""
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    with at(date(2026, 12, 1)):
        proposed = services.propose_star_rules(maker.actor, fields=rules_fields(**changes))
        return services.approve_star_rules(checker.actor, proposed=proposed)


def window_fields(of: Quarter = QUARTER, **changes: Any) -> WindowFields:
    opens = of.last_day + timedelta(days=17)
    defaults: dict[str, Any] = {
        "year": of.year,
        "quarter": of.number,
        "opens_on": opens,
        "closes_on": opens + timedelta(days=14),
        "announces_on": opens + timedelta(days=26),
        "effective_on": opens + timedelta(days=46),
    }
    return WindowFields(**(defaults | changes))


def window(quarter: Quarter = QUARTER, **changes: Any) -> StarWindow:
    with at(quarter.last_day):
        return services.open_star_window(SYSTEM, fields=window_fields(quarter, **changes))


def creators_of(agency: Person, number: int, *, since: date = date(2026, 12, 2)) -> list[Person]:
    """Listed creators under contract with it."""
    made = [factories.listed_party(PartyKind.CREATOR, f"达人{n}号") for n in range(number)]
    moment = datetime.combine(since, time(9), clock.SHANGHAI)
    assert agency.party is not None
    signings = [
        Signing(
            agency.party,
            one,
            RosterFields(
                name=one.name,
                starts_on=since + timedelta(days=5),
                last_day=date(2028, 12, 31),
                terms="月结",
                account="dy1",
                creator_id=one.pk,
            ),
            moment,
            moment + timedelta(hours=1),
        )
        for one in made
    ]
    parties.sign_creators(SYSTEM, signings=signings)
    return [person_of(one) for one in made]


def sell(
    merchant: Person,
    creators: Sequence[Person],
    yuan: int,
    *,
    days: int = 5,
    quarter: Quarter = QUARTER,
) -> None:
    """Each sells one order of so much, settled in the last month, and on so many days of it."""
    last = quarter.last_day
    with at(last - timedelta(days=12)):
        for creator in creators:
            name = f"{quarter}-{creator.user.pk}"
            order = Order(merchant, creator, order=f"S{name}", buyer=f"b{name}")
            record(order.paid(yuan * YUAN), order.settled(yuan * YUAN, hours=24 * 8))
    with at(last):
        told = [
            DayFields(creator.party.pk, last - timedelta(days=back), 1_000, 1, 1, has_sold=True)
            for creator in creators
            if creator.party is not None
            for back in range(1, days + 1)
        ]
        activity.record_days(SYSTEM, days=told, source=Source.PLATFORM)


def rated(agency: Party, score: float | None = 80.0, quarter: Quarter = QUARTER) -> Snapshot:
    """An official snapshot of the agency method with this agency alone in it."""
    made = Snapshot.objects.filter(ends_on=quarter.last_day, method__code="agency").first()
    if made is None:
        made = Snapshot.objects.create(
            method=method(code="agency"),
            kind=SnapshotKind.OFFICIAL,
            period=str(quarter),
            ends_on=quarter.last_day,
            cut=clock.now(),
            status=SnapshotStatus.PUBLISHED,
            draws=200,
            seed=7,
            code_version="tests",
            facts_digest=DIGEST,
            values_digest=DIGEST,
            scores_digest=DIGEST,
            started_at=clock.now(),
            computed_at=clock.now(),
            published_at=clock.now(),
        )
    Rating.objects.create(
        snapshot=made,
        party=agency,
        own_segment="all",
        segment="all",
        segment_rated=1,
        is_home=True,
        score=score,
        coverage=1,
        rank=None if score is None else 1,
    )
    return made


def frozen(quarter: Quarter = QUARTER) -> None:
    with at(quarter.last_day + timedelta(days=16)):
        services.compute_quarter(SYSTEM, quarter)


def review_of(agency: Person, quarter: Quarter = QUARTER) -> StarReview:
    return StarReview.objects.whole().of(quarter).get(party=agency.party)


def told(quarter: Quarter = QUARTER) -> None:
    with at(quarter.last_day + timedelta(days=43)):
        services.announce_due(SYSTEM)


def held(quarter: Quarter = QUARTER) -> None:
    with at(quarter.last_day + timedelta(days=63)):
        services.bring_into_effect(SYSTEM)


def applied(agency: Person, **changes: Any):
    with at(OPEN):
        return services.apply_for_star(
            agency.actor, review=review_of(agency), fields=ApplicationFields(**changes)
        )


def risen(agency: Person, merchant: Person, *, creators: int = 2, yuan: int = 200) -> None:
    """A quarter through all of its steps: it holds its first star."""
    some = creators_of(agency, creators)
    assert agency.party is not None
    sell(merchant, some, yuan)
    rated(agency.party)
    window()
    frozen()
    application = applied(agency)
    with at(OPEN):
        services.grant_star(
            staff_person("operator").actor, application=application, reason="数据达标。"
        )
    told()
    held()


def as_of_now(agency: Party, back: int = 2, **changes: Any) -> StarReview:
    """A frozen quarter as it would stand, whatever day it is; its window is open today."""
    quarter = quarter_of(clock.today()).later(-back)
    today = clock.today()
    opened, _made = StarWindow.objects.get_or_create(
        year=quarter.year,
        quarter=quarter.number,
        defaults={
            "opens_on": today - timedelta(days=1),
            "closes_on": today + timedelta(days=9),
            "announces_on": today + timedelta(days=19),
            "effective_on": today + timedelta(days=39),
            "created_at": clock.now(),
        },
    )
    defaults: dict[str, Any] = {
        "rules": selectors.rules_of(quarter),
        "window": opened,
        "status": "computed",
        "as_of": quarter.last_day,
        "before": 0,
        "creators": 6,
        "net_fen": 60_000_000,
        "health": 7_000,
        "days": 400,
        "reached": 1,
        "result": 0,
        "movement": "keep",
        "computed_at": clock.now(),
    }
    return StarReview.objects.create(
        party=agency, year=quarter.year, quarter=quarter.number, **(defaults | changes)
    )


def told_now(agency: Party, **changes: Any) -> StarReview:
    """A quarter earlier whose result was told just now and holds."""
    facts = {"status": "effective", "announced_at": clock.now(), "held_from": clock.today()}
    return as_of_now(agency, back=3, **(facts | changes))


def standing_now(review: StarReview, stars: int = 1) -> StarStanding:
    return StarStanding.objects.create(
        party=review.party, stars=stars, since=clock.today(), review=review
    )
