"""From rows to the order: who is a candidate, what each place is made of, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from matchmaking.needs.fields import DIMENSIONS
from matchmaking.needs.ranking import CandidateList, measurable_points
from portal.core import clock
from portal.parties import services as parties
from portal.parties.models import Category, City, Party, ServiceType
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def provider_of(name, *, shares=None, **offer):
    """A listed provider; `shares` by category code."""
    party = factories.listed_party("provider", name)
    ids = {Category.objects.get(code=c).pk: s for c, s in (shares or {"food": 100}).items()}
    fields = factories.party_fields(name, legal_name=party.legal_name, uscc=party.uscc, shares=ids)
    return parties.update_party(
        SYSTEM, party=party, fields=fields, provider=factories.provider_fields(**offer)
    )


def names(need):
    return [candidate.provider.name for candidate in CandidateList(need).slice(0, 99)]


def test_only_listed_providers_that_fit_are_candidates(merchant, agency, creator):
    hangzhou, chengdu = (City.objects.get(code=code) for code in ("hangzhou", "chengdu"))
    other = ServiceType.objects.get(code="paid-ads")
    provider_of("fits")
    provider_of("other service", service_ids=[other.pk])
    provider_of("elsewhere", city_ids=[chengdu.pk], works_remotely=False)
    for status in ("hidden", "suspended", "closed", "verified"):
        party = provider_of(status)
        Party.objects.filter(pk=party.pk).update(status=status)
    factories.submitted_party("provider", "not yet")
    need = factories.open_need(merchant.actor, city_id=hangzhou.pk)
    assert names(need) == ["fits"]
    found = CandidateList(need)
    assert [e.count for e in found.exclusions] == [1, 1]
    on_site = factories.open_need(merchant.actor, city_id=chengdu.pk, accepts_remote=False)
    assert names(on_site) == ["elsewhere"]
    anywhere = factories.open_need(merchant.actor, city_id=None)
    assert sorted(names(anywhere)) == ["elsewhere", "fits"]


def test_points_are_those_computed_by_hand(merchant):
    """43% food and 57% beauty, for a need of food alone; the same price band; changed today.

    category: cos((0.43, 0.57), (1, 0)) = 0.43 / √(0.1849 + 0.3249) = 0.43 / 0.714003 = 0.602238,
    of 30: 18.067. price: one band, 15 of 15. freshness: age 0, 5 of 5. Nobody is measured in the
    other three: 38.067 in all.
    """
    provider_of(
        "by hand",
        shares={"food": 43, "beauty": 57},
        price_low_fen=2_000_000,
        price_high_fen=4_000_000,
    )
    need = factories.open_need(merchant.actor)
    found = CandidateList(need)
    (candidate,) = found.slice(0, 10)
    points = {part.code: part.points for part in candidate.parts}
    assert points["category"] == pytest.approx(18.067, abs=0.0005)
    assert points["price"] == 15
    assert points["freshness"] == 5
    assert candidate.total == pytest.approx(38.067, abs=0.0005)
    assert candidate.total == pytest.approx(sum(points.values()))


def test_profile_that_aged_a_half_life_has_half_the_points(merchant):
    provider_of("old")
    need = factories.open_need(merchant.actor)
    with clock.standing_at(clock.now() + timedelta(days=90)):
        (candidate,) = CandidateList(need).slice(0, 1)
    (freshness,) = [part for part in candidate.parts if part.code == "freshness"]
    assert freshness.points == pytest.approx(2.5)


def test_parts_without_a_source_say_so(merchant):
    provider_of("young")
    found = CandidateList(factories.open_need(merchant.actor))
    (candidate,) = found.slice(0, 1)
    assert {p.code for p in candidate.parts if not p.is_measured} == {
        "result",
        "response",
        *(f"evaluation.{code}" for code in DIMENSIONS),
    }
    assert all(p.points == 0 for p in candidate.parts if not p.is_measured)
    # Nobody has answered anything yet: the part has a source, and no data.
    assert {p.code for p in candidate.parts if p.is_measured} == {
        *("category", "price", "freshness")
    }
    assert (found.measurable, measurable_points()) == (50, 60)
    assert candidate.confidence == 0.5


def test_what_a_candidate_misses_is_named(merchant):
    provider_of("dear", shares={"beauty": 100}, price_low_fen=5_000_000, price_high_fen=9_000_000)
    with translation.override("en"):
        (candidate,) = CandidateList(factories.open_need(merchant.actor)).slice(0, 1)
    assert candidate.missing == [
        "No share in Food & drinks",
        "Starts ¥10,000 a month above the budget",
        "Has not said how much it can take on",
    ]


def test_better_in_one_part_stands_before(merchant):
    provider_of("half", shares={"food": 50, "beauty": 50})
    provider_of("whole", shares={"food": 100})
    assert names(factories.open_need(merchant.actor)) == ["whole", "half"]


def test_order_is_the_same_for_the_same_need_and_day(merchant):
    for number in range(8):
        provider_of(f"twin {number}")
    need = factories.open_need(merchant.actor)
    first = names(need)
    assert names(need) == first
    assert len(set(first)) == 8
    days = []
    for day in range(1, 5):
        with clock.standing_at(clock.now() + timedelta(days=day)):
            days.append(names(need))
    assert any(order != first for order in days), "equals take turns by day"


def test_pages_cut_one_order(merchant):
    for number in range(7):
        provider_of(f"twin {number}")
    found = CandidateList(factories.open_need(merchant.actor))
    whole = [c.provider.pk for c in found.slice(0, 7)]
    cut = [c.provider.pk for start in (0, 3, 6) for c in found.slice(start, start + 3)]
    assert cut == whole
    assert [c.place for c in found.slice(3, 6)] == [4, 5, 6]
    assert found.slice(7, 27) == []


def test_ranking_costs_the_same_queries_for_one_and_for_thirty(
    merchant,
):
    need = factories.open_need(merchant.actor)
    provider_of("first")
    counts = []
    for _ in range(2):
        fresh = type(need).objects.get(pk=need.pk)
        with CaptureQueriesContext(connection) as queries:
            CandidateList(fresh).slice(0, 30)
        counts.append(len(queries))
        for number in range(29 if len(counts) == 1 else 0):
            factories.listed_party("provider", f"more {number}")
    assert counts[0] == counts[1]
    assert len(CandidateList(need)) == 30


def test_candidates_page_by_page_and_nonsense_is_the_first_page(merchant):
    for number in range(22):
        factories.listed_party("provider", f"more {number}")
    need = factories.open_need(merchant.actor)
    client = person_of(merchant.party).browser()
    pages = {
        page: client.get(f"/needs/{need.pk}/candidates/", {"page": page}).context["number"]
        for page in ("1", "2", "3", "999", "-1", "x", "", "9" * 5000, "²")
    }
    assert pages == {"1": 1, "2": 2, "3": 2, "999": 2} | dict.fromkeys(
        ("-1", "x", "", "9" * 5000, "²"), 1
    )
