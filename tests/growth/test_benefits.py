"""A provider's size and score bring what the table says, where it books."""

from __future__ import annotations

import pytest

from portal.core import clock
from portal.growth import selectors
from portal.growth.states import Band, ProviderBenefit, Size
from tests.growth.making import rated
from tests.training.making import open_session, published_course
from training.advice.rules import monthly_most
from training.learning.rules import may_take_more

pytestmark = pytest.mark.django_db
HOURS, SEATS = ProviderBenefit.ADVICE_HOURS, ProviderBenefit.COURSE_SEATS


def test_row_follows_size_and_score(provider, merchant):
    party = provider.party
    assert selectors.where_it_stands(party.pk) == selectors.benefits.Where(Size.S, Band.NOT_RATED)
    assert (selectors.benefit_of(party, HOURS), selectors.benefit_of(party, SEATS)) == (1, 2)
    rated(party, size="L", score=9_150)
    assert (selectors.benefit_of(party, HOURS), selectors.benefit_of(party, SEATS)) == (3, 15)
    rated(party, size="M", score=5_999)
    assert (selectors.benefit_of(party, HOURS), selectors.benefit_of(party, SEATS)) == (0, 2)
    assert selectors.benefit_of(merchant.party, HOURS) == 0
    assert selectors.benefit_of(None, HOURS) == 0


def test_hours_of_advisers_are_more_for_who_has_them(provider, merchant):
    day = clock.today()
    common = monthly_most(merchant.party, day)
    rated(provider.party, size="M", score=8_200)
    assert monthly_most(provider.party, day) == common + 3
    told = provider.browser().get("/api/v1/growth-benefits/").json()
    assert (told["size"], told["band"]) == ("M", 3)
    [hours] = [one for one in told["benefits"] if one["kind"] == HOURS]
    assert [(one["used"], one["total"]) for one in hours["uses"]] == [(0, common + 3)] * 2


def test_seats_of_a_session_are_more_for_who_has_them(provider, merchant):
    session = open_session(published_course("seats"), most_per_party=2)
    rated(provider.party, size="S", score=7_500)  # four more
    for taken, (own, common) in {1: (1, 1), 2: (1, 0), 5: (1, 0), 6: (0, 0)}.items():
        assert bool(may_take_more(session, provider.party, taken)) == bool(own)
        assert bool(may_take_more(session, merchant.party, taken)) == bool(common)


def test_page_shows_the_own_row_and_what_is_used(provider, visitor):
    rated(provider.party, size="M", score=7_100)
    page = provider.browser().get("/growth/benefits/")
    [own] = [row for row in page.context["table"] if row.is_own]
    assert (own.size, own.band, list(own.amounts)) == ("M", Band.FROM_70, [2, 6])
    assert {one.kind for one in page.context["benefits"]} == {HOURS, SEATS}
    public = visitor.get("/growth/benefits/")
    assert public.status_code == 200
    assert public.context["own"] is None
