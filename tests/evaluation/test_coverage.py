"""Honest coverage: which indicators a clean provider gets from this site alone, without a file."""

import importlib
import json
from datetime import timedelta
from pathlib import Path

import pytest

from matchmaking.cooperation import services as cooperation
from matchmaking.cooperation.demo import pay_something
from matchmaking.cooperation.facts import record_cooperation_facts
from matchmaking.cooperation.fields import ReviewFields
from matchmaking.needs import services as needs
from matchmaking.needs.facts import record_need_facts
from portal.core import clock
from portal.evaluation.coverage import (
    OWN_WORD,
    PRODUCERS,
    coverage_of,
    unmade_of,
    unproduced,
)
from portal.evaluation.documents import CODES, complete_method
from portal.evaluation.engine import Indicators, Row, evaluate, parse_method
from portal.evaluation.gathering import gather, parse_gathering
from portal.evaluation.measures import MEASURES
from portal.evaluation.models import Fact, Method
from portal.evaluation.starting import left_out, starting_method
from portal.evaluation.states import Door
from portal.parties.models import ProviderProfile, ServiceType
from portal.revenue.facts import record_order_facts
from tests.factories import SYSTEM, open_need, proposal_fields
from tests.matchmaking.cooperation.conftest import duty
from tests.revenue.agreements.making import agreed as fee
from tests.revenue.orders.telling import Order, record
from tests.training.making import enrolled, open_session, published_course
from training.learning import services as training
from training.learning.facts import record_learning_facts, record_yearly_facts

METHODS = Path(__file__).parents[2] / "portal/evaluation/methods"
PROVIDER = json.loads((METHODS / "provider.gathering.json").read_text("utf-8"))


def at(day: int):
    return clock.standing_at(BEGAN + timedelta(days=day))


MADE = {*PRODUCERS, *OWN_WORD}
# The invitation was answered more than ninety days before, and a clean provider has nothing to put
# right, nothing to pay, and took no task. Growth and the weakest dimensions ask for the year
# before, and medians for other merchants; a cold start for a new shop, a practical work for two who
# mark it. Each has tests of its own.
LATER = {"C2", "C4", "I3", "I4", "I5", "G1", "G2", "G3", "H4", "H5", "T5"}
BEGAN = clock.now() - timedelta(days=200)


@pytest.mark.django_db
def test_clean_provider_of_each_service_is_covered_by_what_this_site_makes(
    merchant, provider, creator
):
    every = [service.pk for service in ServiceType.objects.all()]
    ProviderProfile.objects.get(party=provider.party).services.set(every)
    with at(0):
        need = open_need(merchant.actor, service_ids=every)
        needs.invite_provider(merchant.actor, need=need, provider=provider.party)
    with at(1):
        proposal = needs.submit_proposal(provider.actor, need=need, fields=proposal_fields())
    with at(2):
        agreed = needs.accept_proposal(merchant.actor, proposal=proposal)
        fee(merchant, provider)
    with at(20):
        course = published_course("open", kind="open")
        made = enrolled(provider.actor, open_session(course), provider.party)
        for lesson in course.lessons.order_by("position"):
            training.finish_lesson(provider.actor, enrolment=made, lesson=lesson)
    with at(40):
        sold = Order(merchant, creator)
        record(sold.paid(), sold.settled())
        cooperation.sweep_cooperations(SYSTEM)
        agreed.refresh_from_db()
        kept = duty(provider, agreed, days=5)
        cooperation.finish_obligation(provider.actor, obligation=kept, note="做完了")
        cooperation.confirm_obligation(merchant.actor, obligation=kept)
    with at(100):
        pay_something(agreed)
        for person in (merchant, provider):
            cooperation.complete_cooperation(person.actor, cooperation=agreed)
        for person in (merchant, provider):
            cooperation.give_review(
                person.actor, cooperation=agreed, fields=ReviewFields(5, 4, 5, "")
            )
        # Another one runs while the first is over.
        again = open_need(merchant.actor, service_ids=every)
        proposal = needs.submit_proposal(provider.actor, need=again, fields=proposal_fields())
        needs.accept_proposal(merchant.actor, proposal=proposal)
    with at(170):
        cooperation.sweep_cooperations(SYSTEM)
        record_need_facts(SYSTEM)
        record_cooperation_facts(SYSTEM)
        record_learning_facts(SYSTEM)
        record_yearly_facts(SYSTEM)
        record_order_facts(SYSTEM, until=clock.today(), months=12)
        method = Method(code="provider", version="t", document={}, gathering=PROVIDER)
        gathered = gather(method, ends_on=clock.today(), cut=clock.now())
    assert {row.door for row in Fact.objects.all()} == {Door.PORTAL}
    assert len(gathered.units) == len(every)
    made = {one.indicator for one in coverage_of(parse_gathering(PROVIDER)) if one.is_made}
    watched = {one.indicator for one in coverage_of(parse_gathering(PROVIDER)) if one.is_watched}
    for unit in gathered.units:
        found = {code for code, value in unit.values.items() if value.value is not None}
        assert found == (made | watched) - LATER, unit.service


@pytest.mark.django_db
def test_every_dimension_stands_on_what_this_site_makes():
    """Enough of each measure that some part makes, and nothing else, by the method a first draft
    starts from: what stands for each service type."""
    fields = starting_method("provider")
    method, gathering = parse_method(fields.document), parse_gathering(fields.gathering)
    of_dimension = {one.code: [own.code for own in one.indicators] for one in method.dimensions}
    assert of_dimension["improvement"] == ["I1", "I2", "I3", "I4", "I5"]
    assert of_dimension["talent"] == ["T1", "T2", "T3", "T4", "T5"]
    for service in ServiceType.objects.all():
        rows = [
            Row("one", one.code, one.goalposts[-1], 1_000.0)
            for one in method.indicators
            if one.applies_to is None or service.code in one.applies_to
        ]
        assert {gathering.gatherers[row.indicator].measure for row in rows} <= MADE
        data = Indicators.of_rows(rows, applies={"one": service.code}, codes=method.codes)
        scores = evaluate(method, data, draws=0)
        assert (scores.score[0] > 0).all(), service.code
        assert (scores.coverage[0] > 0.99).all(), service.code


@pytest.mark.parametrize("code", CODES)
def test_what_nobody_makes_is_weighed_nowhere(code):
    gathering = parse_gathering(starting_method(code).gathering)
    assert unmade_of(gathering) == []
    left = {one["code"] for one in left_out(starting_method(code).document)}
    assert left == set(unmade_of(parse_gathering(complete_method(code).gathering)))


def test_producers_are_modules_and_measures_that_exist():
    assert set(PRODUCERS) | set(OWN_WORD) <= set(MEASURES)
    for module in {*PRODUCERS.values(), *OWN_WORD.values()}:
        importlib.import_module(module)
    assert set(unproduced()) == set(MEASURES) - set(PRODUCERS) - set(OWN_WORD)
