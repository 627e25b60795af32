"""Dimensions of the evaluation as parts of a need's order: of the newest official snapshot."""

from datetime import date

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.needs.ranking import CandidateList, measurable_points
from matchmaking.needs.ranking.ratings import HOME, Board, Ratings
from portal.evaluation.states import SnapshotKind
from portal.parties.models import ServiceType
from tests import factories
from tests.evaluation import factories as evaluation

NAN = float("nan")
pytestmark = pytest.mark.django_db
BETTER = evaluation.AVERAGE | {"T1": (70.0, 30), "H1": (4.8, 25), "C1": (40, None)}
CODES = ("connection", "growth", "talent", "improvement", "health")


def parts_of(candidate):
    return {part.code: part for part in candidate.parts if part.group == "evaluation"}


def candidates(need):
    return {one.provider.pk: one for one in CandidateList(need).slice(0, 9)}


def english_page(person, need):
    browser = person.browser()
    browser.cookies["django_language"] = "en"
    return browser.get(f"/needs/{need.pk}/candidates/").content.decode()


def rate(values, **options):
    return evaluation.snapshot(evaluation.method(), values, **options)


@pytest.fixture
def need(merchant):
    return factories.open_need(merchant.actor)


@pytest.fixture
def rated(provider, rival):
    return rate({provider.party: evaluation.AVERAGE, rival.party: BETTER})


def test_nobody_is_measured_before_the_first_official_snapshot(need, provider, rival):
    rate({provider.party: BETTER, rival.party: BETTER}, kind=SnapshotKind.PREVIEW)
    for one in candidates(need).values():
        assert [*parts_of(one)] == [f"evaluation.{code}" for code in CODES]
        assert not any(part.is_measured for part in parts_of(one).values())
    assert measurable_points() == 60


def test_each_dimension_is_a_part_of_its_own(need, rated, provider, rival):
    found = candidates(need)
    for person in (provider, rival):
        parts = parts_of(found[person.party.pk])
        for one in rated.ratings.get(party=person.party).dimensions.all():
            part = parts[f"evaluation.{one.dimension}"]
            assert part.weight == 5
            assert part.score == pytest.approx(one.score)
    assert measurable_points() == 85


def test_better_rating_alone_ranks_higher(need, rated, rival):
    assert CandidateList(need).slice(0, 1)[0].provider == rival.party


def test_who_is_not_rated_counts_as_the_middle_and_it_is_said(need, provider, rival, merchant):
    rate({rival.party: BETTER})
    unrated = candidates(need)[provider.party.pk]
    other = candidates(need)[rival.party.pk]
    for code, part in parts_of(unrated).items():
        assert (part.is_measured, part.score) == (False, None)
        assert part.points == pytest.approx(parts_of(other)[code].points)
    page = english_page(merchant, need)
    assert "Not rated yet, counted as the median" in page


def test_one_missing_dimension_is_named(need, provider, rival, merchant):
    lacking = {code: value for code, value in BETTER.items() if not code.startswith("G")}
    rate({provider.party: BETTER, rival.party: lacking})
    assert not parts_of(candidates(need)[rival.party.pk])["evaluation.growth"].is_measured
    page = english_page(merchant, need)
    assert "not rated yet in Growth" in page


def test_who_is_not_rated_in_the_asked_service_is_taken_by_its_home(need, provider, rival):
    values = {provider.party: evaluation.AVERAGE, rival.party: BETTER}
    rate(values, service=ServiceType.objects.get(code="short-video"))
    assert CandidateList(need).slice(0, 1)[0].provider == rival.party


def test_ratings_of_several_asked_services_count_by_their_mean():
    """Services 1 and 2; party 10 is rated in both, 20 in the second alone, 30 in its home, 40
    nowhere."""

    def board(**rows):
        ids = [int(name[1:]) for name in rows]
        return Board(np.array(ids), np.array([*rows.values()], dtype=float))

    boards = {
        HOME: board(p10=(10, 10), p20=(10, 10), p30=(30, NAN)),
        1: board(p10=(60, NAN)),
        2: board(p10=(80, 70), p20=(50, 40)),
    }
    ratings = Ratings(7, {"growth": 20.0, "health": 20.0}, boards)
    found = ratings.of(np.array([40, 30, 20, 10]), [1, 2], ["health", "growth", "talent"])
    expected = [[NAN, NAN, NAN], [NAN, 30, NAN], [40, 50, NAN], [70, 70, NAN]]
    np.testing.assert_array_equal(found, np.array(expected))
    assert np.isnan(ratings.of(np.array([40]), [9], ["health"])).all()


def test_newer_official_snapshot_takes_over_at_once(need, rated, provider, rival):
    assert CandidateList(need).slice(0, 1)[0].provider == rival.party
    values = {provider.party: BETTER, rival.party: evaluation.AVERAGE}
    evaluation.snapshot(evaluation.method("retired"), values, ends_on=date(2027, 3, 31))
    assert CandidateList(need).slice(0, 1)[0].provider == provider.party


def test_sliders_share_out_the_weight_of_the_evaluation(merchant, rated):
    plain = factories.open_need(merchant.actor)
    keen = factories.open_need(merchant.actor, priority_growth=10, priority_health=0)
    before = {p.code: p.weight for p in CandidateList(plain).slice(0, 1)[0].parts}
    after = {p.code: p.weight for p in CandidateList(keen).slice(0, 1)[0].parts}
    of_evaluation = [f"evaluation.{code}" for code in CODES]
    assert sum(after[code] for code in of_evaluation) == pytest.approx(25, abs=0.02)
    assert after["evaluation.growth"] / after["evaluation.health"] == pytest.approx(4, rel=0.02)
    assert {c: w for c, w in after.items() if c not in of_evaluation} == pytest.approx(
        {c: w for c, w in before.items() if c not in of_evaluation}, abs=0.011
    )


def test_agencies_are_ordered_by_their_own_dimensions(merchant, agency):
    """One part: the mean of the agency's dimensions, weighed as its own method does."""
    method = evaluation.method(code="agency")
    made = evaluation.snapshot(method, {agency.party: BETTER})
    need = factories.open_need(merchant.actor, seeks="agency", service_ids=())
    (part,) = parts_of(candidates(need)[agency.party.pk]).values()
    scores = [one.score for one in made.ratings.get().dimensions.all()]
    assert part.score == pytest.approx(sum(scores) / len(scores))


def test_order_asks_as_many_queries_for_thirty_as_for_one(merchant, need, provider):
    method = evaluation.method()
    evaluation.snapshot(method, {provider.party: BETTER})
    counts = []
    for _ in range(2):
        fresh = type(need).objects.get(pk=need.pk)
        with CaptureQueriesContext(connection) as queries:
            CandidateList(fresh).slice(0, 40)
        counts.append(len(queries))
        if len(counts) == 1:
            more = [factories.listed_party("provider", f"more {number}") for number in range(29)]
            values = dict.fromkeys(more, BETTER)
            evaluation.snapshot(method, values, ends_on=date(2027, 3, 31))
    assert counts[0] == counts[1]


def test_known_ratings_are_not_read_again(need, rated):
    CandidateList(need)
    with CaptureQueriesContext(connection) as queries:
        CandidateList(need)
    assert not [q for q in queries if "evaluation_dimensionscore" in q["sql"]]


def test_candidates_who_are_rated_have_a_small_radar(merchant, need, provider, rival):
    rate({rival.party: BETTER})
    assert english_page(merchant, need).count('class="radar small"') == 1
