"""What counts toward the year's targets, who sees it, and the list behind each number."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.core.verdict import Refused
from portal.goals import selectors
from portal.goals.models import GoalCount, YearSum
from portal.goals.services import count_goals
from portal.goals.states import Goal
from portal.parties.models import StaffScope
from portal.policies.models import DatedRule
from portal.revenue.models import Turnover
from portal.revenue.services import count_turnovers
from tests import factories
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up
from tests.revenue.agreements.making import agreed
from tests.revenue.orders.telling import GROSS, Order, record

pytestmark = pytest.mark.django_db
TODAY = date(2027, 7, 2)  # day 183 of 365
NOW = datetime(2027, 7, 2, 9, tzinfo=clock.SHANGHAI)


def holds(kind, value):
    """From a day on that is history, as the first figures are."""
    DatedRule.objects.create(
        kind=kind,
        value=value,
        starts_on=date(2020, 1, 1),
        source="test",
        checked_on=date(2020, 1, 1),
        status="approved",
        proposed_at=NOW,
        decided_at=NOW,
    )


@pytest.fixture
def counted(merchant, provider, creator):
    """Two orders settled; the threshold lies between half and all of what they come to."""
    agreed(merchant, provider)
    holds("up_sales", 3 * GROSS)
    holds("up_creator", 2 * GROSS)
    holds("up_top_creator", 100 * GROSS)
    for number, month in enumerate((3, 4)):
        at = datetime(2027, month, 3, 12, tzinfo=clock.SHANGHAI)
        with clock.standing_at(at):
            order = Order(merchant, creator, order=f"G{number}", buyer=f"b{number}", product="P1")
            events = [order.paid(), order.settled()]
        with clock.standing_at(at + timedelta(days=11)):
            record(*events)
    with clock.standing_at(NOW):
        count_turnovers(SYSTEM, until=TODAY)
        count_goals(SYSTEM, until=TODAY)
        yield


def numbers(person):
    lines = selectors.goals_of(person.actor).lines
    return {line.goal.value: (line.reached, line.projected) for line in lines}


def test_sums_are_counted_once_a_night_and_projected(counted, operator, merchant):
    told = numbers(operator)
    assert told["creators"] == (1, 1), "past it"
    assert told["merchants"] == (0, 1), "2 × 365 ÷ 183 is nearly four times one order"
    assert told["new-brands"] == (0, 1)
    assert told["top-creators"] == (0, 0)
    before = YearSum.objects.count()
    count_goals(SYSTEM, until=TODAY)
    assert (YearSum.objects.count(), numbers(operator)) == (before, told)
    with pytest.raises(Refused):
        count_goals(merchant.actor, until=TODAY)


def test_new_brand_grows_old(counted, operator):
    holds("new_brand_months", 2)
    count_goals(SYSTEM, until=TODAY)
    assert numbers(operator)["new-brands"] == (0, 0)
    assert numbers(operator)["merchants"] == (0, 1)
    assert not selectors.sums_of(operator.actor, Goal.NEW_BRANDS).exists()


def test_sum_goes_whose_last_sale_is_gone(counted, merchant):
    Turnover.objects.filter(party=merchant.party).delete()
    with clock.standing_at(NOW + timedelta(hours=1)):
        count_goals(SYSTEM, until=TODAY)
    assert not YearSum.objects.filter(subject="merchant").exists()


def test_year_that_is_over_is_counted_while_it_settles(counted):
    with clock.standing_at(datetime(2028, 1, 20, 9, tzinfo=clock.SHANGHAI)):
        count_goals(SYSTEM, until=date(2028, 1, 20))
    assert GoalCount.objects.filter(day=date(2027, 12, 31), goal="creators", reached=1).exists()


def test_regional_operator_counts_their_regions(counted, operator, merchant):
    scope, _made = StaffScope.objects.get_or_create(user=operator.user)
    elsewhere = "northeast" if merchant.party.city.region_id != "northeast" else "south"
    scope.regions = [elsewhere]
    scope.save()
    operator.user.refresh_from_db()
    person = type(operator)(**operator.__dict__) if False else operator
    person.user.staffscope = scope
    assert numbers(person)["creators"] == (0, 0)
    assert not selectors.sums_of(person.actor, Goal.MERCHANTS).exists()


def test_list_behind_a_number_filters_and_costs_the_same(counted, operator, merchant):
    browser = operator.browser()

    def cost(query=""):
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(f"/goals/merchants/{query}")
        assert page.status_code == 200
        return len(queries), [row.party.name for row in page.context["table"].page.rows]

    cost()
    first, names = cost()
    assert names == [merchant.party.name]
    assert cost("?state=past")[1] == []
    assert cost("?state=on-pace")[1] == [merchant.party.name]
    own = YearSum.objects.get(subject="merchant")
    for number in (1, 2):
        other = factories.listed_party("merchant", f"沐白{number}")
        YearSum.objects.create(
            subject="merchant",
            party=other,
            region=own.region,
            year=2027,
            net_fen=GROSS,
            first_on=TODAY,
            counted_at=NOW,
        )
    again, names = cost()
    assert (again, len(names)) == (first, 3)
    assert browser.get("/goals/nobody/").status_code == 404
    (row, *_more) = browser.get("/api/v1/goals/merchants/sums/?reach=on-pace").json()["results"]
    assert (row["net_fen"], row["reach"]) == (2 * GROSS, "on-pace")


def test_nobody_else_reads_the_sums(counted, merchant, provider):
    for person in (merchant, provider):
        assert person.browser().get("/goals/").status_code == 403
        assert person.browser().get("/api/v1/goals/").status_code == 403
        assert numbers(person) == {}


def test_board_says_each_number_with_its_pace(counted, operator):
    page = operator.browser().get("/goals/")
    assert page.status_code == 200
    assert page.context["board"].pace.day == 183
    told = operator.browser().get("/api/v1/goals/").json()
    (creators,) = [one for one in told["goals"] if one["goal"] == "creators"]
    assert (creators["reached"], creators["target"]) == (1, 100_000)
    assert {one["code"] for one in told["fairs"]} >= {"fairs", "sessions", "categories"}


def test_seats_of_the_year_open_to_who_has_them(operator, merchant, creator, agency):
    """Who has seats at two fairs stands there once with both, and is one of the number."""
    first, other = open_fair(2), open_fair(2, title="第二场")
    for fair in (first, other):
        signed_up(creator.actor, fair, creator.party, key=f"c-{fair.pk}")
    signed_up(agency.actor, first, agency.party)
    line = {line.code: line for line in selectors.fair_goals(clock.today())}["creator"]
    assert (line.reached, line.url) == (1, "/goals/seats/creator/")
    (row,) = operator.browser().get(line.url).context["table"].page.rows
    assert (row.pk, row.seats) == (creator.party.pk, 2)
    (told,) = operator.browser().get("/api/v1/goals/creator/seats/").json()["results"]
    assert (told["party"], told["seats"], told["city"]) == (row.pk, 2, row.city.code)
    for address in ("/goals/seats/creator/", "/api/v1/goals/creator/seats/"):
        assert merchant.browser().get(address).status_code == 403
    for address in ("/goals/seats/fairs/", "/api/v1/goals/fairs/seats/"):
        assert operator.browser().get(address).status_code == 404
