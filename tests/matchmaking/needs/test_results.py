"""Past results as a part of the order: settled orders, by category, shrunk."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking.needs import services
from matchmaking.needs.models import CategoryResult, ResultRun
from matchmaking.needs.ranking import CandidateList, measurable_points
from matchmaking.needs.ranking.results import Results
from matchmaking.needs.services.results import _rows, _Total
from portal.core import clock
from portal.parties.models import Category
from tests import factories
from tests.factories import SYSTEM
from tests.matchmaking.needs.checks import refused
from tests.revenue.agreements.making import agreed
from tests.revenue.orders.telling import Order, record

SPRING = datetime(2027, 3, 3, 12, tzinfo=clock.SHANGHAI)
LATER = SPRING + timedelta(days=40)


def part_of(need, party):
    (found,) = CandidateList(need).of_parties([party.pk]).values()
    return found, next(part for part in found.parts if part.code == "result")


@pytest.fixture
def sold(merchant, provider, rival):
    """The provider sells food for the merchant; the rival sold nothing yet."""
    agreed(merchant, provider)
    food = Category.objects.get(code="food").pk
    with clock.standing_at(SPRING):
        for number in range(3):
            order = Order(merchant, order=f"R{number}", buyer=f"b{number}", category_id=food)
            record(order.paid(900_000), order.settled(900_000))
    return provider


@pytest.mark.django_db
def test_settled_orders_are_points_and_words_and_no_orders_are_missing(merchant, sold, rival):
    with clock.standing_at(LATER):
        need = factories.open_need(merchant.actor)
        assert services.refresh_results(SYSTEM) == 1
        row = CategoryResult.objects.get()
        assert (row.party, row.category.code, row.merchants) == (sold.party, "food", 1)
        assert row.fen == 3 * 900_000
        mine, part = part_of(need, sold.party)
        assert part.is_measured
        assert part.points == pytest.approx(15 * row.value)
        assert len(mine.results) == 1
        theirs, missing = part_of(need, rival.party)
        assert (missing.is_measured, theirs.results) == (False, [])
        assert missing.points == pytest.approx(part.points), "the median of the others"
        assert measurable_points() == 75
        page = merchant.browser().get(f"/needs/{need.pk}/candidates/").content.decode()
        assert mine.results[0] in page
        sent = merchant.browser().get(f"/api/v1/needs/{need.pk}/candidates/").json()
        assert any(one["results"] for one in sent["results"])


@pytest.mark.django_db
def test_other_category_and_older_year_say_nothing(merchant, sold):
    beauty = Category.objects.get(code="beauty").pk
    with clock.standing_at(LATER):
        services.refresh_results(SYSTEM)
        need = factories.open_need(merchant.actor, category_ids=[beauty])
        assert not part_of(need, sold.party)[1].is_measured
    with clock.standing_at(LATER + timedelta(days=365)):
        assert services.refresh_results(SYSTEM) == 0
    assert ResultRun.objects.count() == 1, "the night before is gone"


@pytest.mark.django_db
def test_what_was_given_back_is_no_result(merchant, sold):
    with clock.standing_at(SPRING):
        order = Order(
            merchant, order="R0", buyer="b0", category_id=Category.objects.get(code="food").pk
        )
        record(order.refunded(900_000))
    with clock.standing_at(LATER):
        services.refresh_results(SYSTEM)
    assert CategoryResult.objects.get().fen == 2 * 900_000


@pytest.mark.django_db
def test_only_the_platform_reckons(merchant):
    refused(403, services.refresh_results, merchant.actor)


def test_results_of_several_categories_count_by_their_mean():
    board = {1: (np.array([10, 20]), np.array([0.2, 0.4])), 2: (np.array([10]), np.array([0.6]))}
    found = Results(1, board).of(np.array([30, 20, 10]), [1, 2, 3])
    np.testing.assert_allclose(found, [np.nan, 0.4, 0.4])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(
    st.lists(st.integers(1, 10**14), min_size=1, max_size=8),
    st.integers(1, 30),
    st.integers(1, 10**14),
)
def test_value_stays_in_its_bounds_and_never_falls_as_more_is_settled(others, n, more):
    """Of the same merchants, whatever the others settled."""

    def value(fen):
        totals = {(i, 7): _Total(one, {0}) for i, one in enumerate([fen, *others])}
        totals[0, 7].merchants = set(range(n))
        return next(row.value for row in _rows(ResultRun(), totals, kinds) if row.party_id == 0)

    kinds = dict.fromkeys(range(9), "provider")
    low, high = sorted((others[0], others[0] + more))
    assert 0 <= value(low) <= value(high) + 1e-12 <= 1 + 1e-12
