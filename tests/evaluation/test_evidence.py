"""The operators' page of what is known of whom: counts by grade, door and segment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.evaluation import selectors, services
from portal.evaluation.states import Door, Grade
from tests.conftest import staff_person
from tests.factories import SYSTEM, listed_party

from . import factories

pytestmark = pytest.mark.django_db


def feed(party, ref, *, measure="staff_certified", grade=Grade.PLATFORM, days=5):
    day = clock.today() - timedelta(days=days)
    return services.record_fact(
        SYSTEM,
        party=party,
        measure=measure,
        value=60.0,
        sample=9,
        starts_on=day,
        ends_on=day,
        grade=grade,
        ref_kind="test",
        ref_id=ref,
    )


def lines(method, segment=""):
    report = selectors.evidence_report(method, segment)
    return {line.made.indicator: line for line in report.lines}


@pytest.fixture
def method(db):
    return factories.method()


def test_parties_are_counted_once_by_grade_and_door(method, provider, rival, agency):
    for ref in ("1", "2"):
        feed(provider.party, ref)
    feed(rival.party, "3", grade=Grade.SELF_REPORTED)
    feed(rival.party, "4", days=800)  # outside its window
    services.correct_fact(
        SYSTEM, fact=feed(rival.party, "5"), is_void=True, why="taken back by a test"
    )
    line = lines(method)["T1"]
    assert line.parties == 1
    assert {one.code: one.parties for one in line.grades} == {"3": 1, "1": 1}
    assert {one.code: one.parties for one in line.doors} == {Door.PORTAL: 2}
    assert line.made.is_own_word
    assert lines(method)["H1"].parties == 0


def test_numbers_of_the_newest_snapshot_by_segment(method, provider, rival):
    lacking = {code: row for code, row in factories.AVERAGE.items() if code != "T1"}
    factories.snapshot(method, {provider.party: factories.AVERAGE, rival.party: lacking})
    line = lines(method)["T1"]
    assert (line.known, line.asked, line.share) == (1, 2, 50)
    report = selectors.evidence_report(method)
    (row,) = report.segments
    assert (row.segment, row.ratings, len(row.cells)) == (factories.SEGMENT, 2, 10)
    feed(listed_party("provider", "not rated"), "9")
    assert lines(method)["T1"].parties == 1
    assert lines(method, factories.SEGMENT)["T1"].parties == 0, "of the segment's parties alone"
    assert selectors.evidence_report(method, "nonsense").segment == ""


def test_report_asks_the_same_queries_for_one_and_for_many(method, provider):
    counts = []
    for number in range(2):
        parties = [listed_party("provider", f"p{number}-{n}") for n in range(1 + 5 * number)]
        for party in parties:
            feed(party, f"{party.pk}")
        values = dict.fromkeys(parties, factories.AVERAGE)
        ends_on = clock.today() - timedelta(days=80 - 40 * number)
        factories.snapshot(method, values, ends_on=ends_on)
        with CaptureQueriesContext(connection) as queries:
            selectors.evidence_report(method)
        counts.append(len(queries))
    assert counts == [6, 6]


def test_page_is_linked_from_snapshots_and_only_for_operators(method, provider, visitor):
    operator = staff_person("evaluation").browser()
    operator.cookies["django_language"] = "en"
    assert 'href="/evaluation/coverage/"' in operator.get("/snapshots/").content.decode()
    page = operator.get("/evaluation/coverage/").content.decode()
    assert "Coverage of the evaluation" in page
    assert "own word, confirmed by operators" in page
    assert "/evaluation/coverage/" not in visitor.get("/snapshots/").content.decode()
    assert provider.browser().get("/evaluation/coverage/").status_code == 403
    assert operator.get("/evaluation/coverage/?code=nobody").status_code == 404
    assert operator.get("/evaluation/coverage/?code=agency").status_code == 200


def test_coverage_for_machines(method, provider):
    feed(provider.party, "1")
    operator = staff_person("evaluation").browser()
    body = operator.get(f"/api/v1/methods/{method.pk}/coverage/").json()
    assert next(one for one in body if one["indicator"] == "T1")["grades"] == [
        {"code": "3", "parties": 1}
    ]
