"""The demo's fairs in every state, with who came and who waits."""

from collections import Counter
from datetime import date, timedelta

import pytest

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from matchmaking.fairs import demo
from matchmaking.fairs.demo.fairs import trades
from matchmaking.fairs.models import Fair, MeetingOutcome, MeetingPlan, SignUp
from matchmaking.samples.models import Sample
from portal.core import clock
from portal.parties import demo as parties_demo
from portal.parties.demo import BUSY, read_world
from portal.parties.states import PartyKind
from portal.seats.selectors import differences
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def test_year_of_fairs_is_there_with_its_people():
    world = read_world(TODAY)
    with clock.standing_at(world.dawn):
        for kind in parties_demo.CAST:
            parties_demo.make_cast_party(world, kind=kind, password="x")
        with clock.standing_at(world.dawn - timedelta(days=330)):  # they come to past ones, too
            for number in range(3):
                merchant = person_of(factories.listed_party(PartyKind.MERCHANT, f"品牌{number}"))
                factories.listed_product(merchant.actor)
                factories.listed_party(PartyKind.CREATOR, f"达人{number}")
        calendar = demo.calendar(world)
        assert len(calendar) == demo.FAIRS + demo.SESSIONS
        some = [n for n, _kind, day in calendar if day.month in {3, 11, 12}]
        for number in some:
            demo.make_fairs(world, range(number, number + 1), 0.02)
    past = MeetingPlan.objects.filter(status="published", fair__status="closed")
    assert past.exists()
    assert MeetingOutcome.objects.filter(meeting__plan__in=past).exists()
    deals = Cooperation.objects.filter(door=Door.FAIR, agreed_at__isnull=False)
    assert {row.door_source for row in deals} <= {str(one.fair_id) for one in past}
    assert Sample.objects.filter(cooperation__in=deals, status="posted").exists()
    found = set(Fair.objects.values_list("status", flat=True))
    assert {"closed", "recruiting"} <= found
    assert SignUp.objects.exists()
    assert not differences()
    assert set(SignUp.objects.values_list("claim__status", flat=True)) >= {"confirmed"}


def test_categories_of_the_year_are_those_merchants_trade_in():
    world, seats = read_world(TODAY), Counter[str]()
    for codes in trades():
        assert len(set(codes)) == len(codes)
        seats.update({code: 1 / len(codes) for code in codes})
    assert set(seats) == set(world.categories)
    for code, of in BUSY.items():
        assert abs(seats[code] - len(trades()) * of / sum(BUSY.values())) <= 1.5, code
