"""Gathering: worked by hand, the same for an earlier cut whatever came later."""

import json
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.evaluation.fields import FactFields
from portal.evaluation.gathering import GatheredUnit, evidence_of, gather
from portal.evaluation.models import Fact, Method
from portal.evaluation.services import correct_fact, record_facts
from portal.evaluation.states import Door, Grade, Strike
from portal.parties.models import ServiceType
from portal.parties.services import merge_parties
from portal.parties.states import PartyKind
from tests.factories import SYSTEM, listed_party

pytestmark = pytest.mark.django_db
METHODS = Path(__file__).parents[2] / "portal/evaluation/methods"
TODAY = clock.today()
NOW = clock.now()
CUT = NOW + timedelta(hours=1)


@pytest.fixture
def method() -> Method:
    return Method(
        code="provider",
        version="t",
        document={},
        gathering=json.loads((METHODS / "provider.gathering.json").read_text("utf-8")),
    )


def service(code: str = "live-room") -> int:
    return ServiceType.objects.get(code=code).pk


def row(party: Any, measure: str, value: float, ref: object, **changes: Any) -> FactFields:
    given: dict[str, Any] = {
        "starts_on": TODAY,
        "ends_on": TODAY,
        "grade": Grade.PLATFORM,
        "ref_kind": "test",
        "ref_id": str(ref),
    }
    return FactFields(party.pk, measure, value, **(given | changes))


def record(*rows: FactFields) -> None:
    assert record_facts(SYSTEM, facts=rows) == len(rows)


def only(method: Method, ends_on: date = TODAY, **changes: Any) -> GatheredUnit:
    [unit] = gather(method, **({"ends_on": ends_on, "cut": CUT} | changes)).units
    return unit


@contextmanager
def later(hours: float):
    with clock.standing_at(NOW + timedelta(hours=hours)):
        yield


def test_gather_worked_by_hand(method, provider, merchant, rival):
    live, shop = service(), service("shop")
    party, one = provider.party, merchant.party.pk
    two = listed_party(PartyKind.MERCHANT, "二号").pk
    shared = {"service_id": live}
    record(
        row(party, "merchant_served", 1, 1, counterpart_id=one, **shared),
        row(party, "merchant_served", 1, 2, counterpart_id=one, **shared),
        row(party, "merchant_served", 1, 3, counterpart_id=two, **shared),
        row(party, "satisfaction", 5, 4, counterpart_id=one, **shared),
        row(party, "satisfaction", 2, 5, counterpart_id=two, **shared),
        # Not counted: one's own word, struck, of another service, too old.
        row(
            party,
            "satisfaction",
            5,
            6,
            counterpart_id=one,
            grade=Grade.SELF_REPORTED,
            **shared,
        ),
        row(party, "satisfaction", 5, 7, counterpart_id=two, strike=Strike.UNPAID, **shared),
        row(party, "satisfaction", 4, 8, counterpart_id=one, service_id=shop),
        row(
            party,
            "satisfaction",
            1,
            9,
            counterpart_id=one,
            starts_on=TODAY - timedelta(days=400),
            ends_on=TODAY - timedelta(days=400),
            **shared,
        ),
        # Of the whole party: for both of its services.
        row(party, "staff_certified", 60, 10, sample=12),
    )
    units = {unit.service: unit for unit in gather(method, ends_on=TODAY, cut=CUT).units}
    assert set(units) == {"live-room", "shop"}
    live_room = units["live-room"]
    assert (live_room.party_id, live_room.service_id, live_room.is_home) == (party.pk, live, True)
    assert not units["shop"].is_home
    served, liked = live_room.values["C1"], live_room.values["H1"]
    assert (served.value, served.sample, served.facts) == (2, 2, 3)
    assert (liked.value, liked.sample) == (3.5, 2)
    assert (liked.facts, liked.struck, liked.ungraded) == (2, 1, 1)
    assert units["shop"].values["H1"].value == 4
    for unit in units.values():
        assert (unit.values["T1"].value, unit.values["T1"].sample) == (60, 12)
        assert (unit.values["C2"].value, unit.values["C2"].facts) == (None, 0)
        assert unit.values["H3"].value == 0  # watched, and nothing found


def test_gather_takes_home_and_size_from_what_was_settled(method, provider, merchant):
    party, paid = provider.party, {"counterpart_id": merchant.party.pk}
    assert gather(method, ends_on=TODAY, cut=CUT).units == []
    record(
        row(party, "satisfaction", 5, 1, service_id=service(), **paid),
        row(party, "satisfaction", 5, 2, service_id=service(), **paid),
        row(party, "net_gmv", 4e6, 3, service_id=service(), **paid),
        row(party, "net_gmv", 6e6, 4, service_id=service("shop"), **paid),
    )
    units = {unit.service: unit for unit in gather(method, ends_on=TODAY, cut=CUT).units}
    assert {code: (unit.band, unit.is_home) for code, unit in units.items()} == {
        "live-room": ("M", False),
        "shop": ("M", True),
    }


def test_gather_reads_only_what_was_recorded_by_the_cut(method, provider, merchant):
    paid = {"counterpart_id": merchant.party.pk, "service_id": service()}
    with later(0):
        record(row(provider.party, "satisfaction", 5, 1, **paid))
    before = gather(method, ends_on=TODAY, cut=CUT)
    with later(2):
        record(row(provider.party, "satisfaction", 1, 2, **paid))
        correct_fact(SYSTEM, fact=Fact.objects.earliest("pk"), value=3, why="typed wrongly")
    assert gather(method, ends_on=TODAY, cut=CUT) == before
    after = gather(method, ends_on=TODAY, cut=NOW + timedelta(hours=3))
    assert after.facts_digest != before.facts_digest
    assert after.units[0].values["H1"].value == 2
    with later(4):
        correct_fact(SYSTEM, fact=Fact.objects.get(value=1), is_void=True, why="forged")
    assert gather(method, ends_on=TODAY, cut=NOW + timedelta(hours=3)) == after
    last = gather(method, ends_on=TODAY, cut=NOW + timedelta(hours=5))
    assert (last.facts_count, last.units[0].values["H1"].value) == (1, 3)


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_gather_sees_a_row_that_somebody_changed(method, provider, merchant):
    record(
        row(
            provider.party,
            "satisfaction",
            5,
            1,
            counterpart_id=merchant.party.pk,
            service_id=service(),
        )
    )
    before = gather(method, ends_on=TODAY, cut=CUT).facts_digest
    Fact.objects.using("owner").update(ref_id="2")
    assert gather(method, ends_on=TODAY, cut=CUT).facts_digest != before


def test_gather_counts_a_merged_party_from_its_merger_on(method, provider, rival, merchant):
    kept, gone = provider.party, rival.party
    paid = {"counterpart_id": merchant.party.pk, "service_id": service()}
    with later(0):
        record(row(kept, "satisfaction", 5, 1, **paid), row(gone, "satisfaction", 3, 2, **paid))
    before = gather(method, ends_on=TODAY, cut=CUT)
    assert {unit.party_id for unit in before.units} == {kept.pk, gone.pk}
    with later(2):
        merge_parties(SYSTEM, survivor=kept, absorbed=gone, why="the same firm")
    assert gather(method, ends_on=TODAY, cut=CUT) == before
    unit = only(method, cut=NOW + timedelta(hours=3))
    assert (unit.party_id, unit.values["H1"].value, unit.values["H1"].facts) == (kept.pk, 4, 2)
    assert only(method, cut=NOW + timedelta(hours=3), parties=[kept.pk]) == unit


def test_gather_of_some_is_as_of_all(method, provider, rival, merchant):
    paid = {"counterpart_id": merchant.party.pk, "service_id": service()}
    record(
        row(provider.party, "satisfaction", 5, 1, **paid),
        row(rival.party, "satisfaction", 3, 2, **paid),
    )
    both = gather(method, ends_on=TODAY, cut=CUT).units
    assert [only(method, parties=[unit.party_id]) for unit in both] == both


def test_gather_rates_agencies_as_a_whole(agency, merchant):
    method = Method(
        code="agency",
        version="t",
        document={},
        gathering=json.loads((METHODS / "agency.gathering.json").read_text("utf-8")),
    )
    record(
        row(agency.party, "delivery", 100, 1, counterpart_id=merchant.party.pk),
        row(
            agency.party,
            "refund_gap",
            2,
            2,
            sample=300,
            counterpart_id=merchant.party.pk,
            service_id=service(),
        ),
    )
    unit = only(method)
    assert (unit.service_id, unit.service, unit.is_home) == (None, "", True)
    assert (unit.values["A1"].value, unit.values["A3"].value) == (100, 2)


def test_evidence_is_what_was_folded(method, provider, merchant):
    paid = {"counterpart_id": merchant.party.pk, "service_id": service()}
    record(
        row(provider.party, "satisfaction", 5, 1, **paid),
        row(provider.party, "satisfaction", 4, 2, strike=Strike.UNPAID, **paid),
        row(provider.party, "satisfaction", 3, 3, grade=Grade.SELF_REPORTED, **paid),
    )
    counted, struck, own_word = Fact.objects.order_by("pk").values_list("pk", flat=True)
    found = evidence_of(
        method,
        party_id=provider.party.pk,
        service_id=service(),
        indicator="H1",
        ends_on=TODAY,
        cut=CUT,
    )
    assert (found.weights, found.struck, found.ungraded) == ({counted: 1.0}, [struck], [own_word])


def test_gather_asks_as_often_for_two_parties_as_for_one(method, provider, rival, merchant):
    paid = {"counterpart_id": merchant.party.pk, "service_id": service()}
    record(row(provider.party, "satisfaction", 5, 1, **paid))
    with CaptureQueriesContext(connection) as one:
        gather(method, ends_on=TODAY, cut=CUT)
    record(row(rival.party, "satisfaction", 5, 2, **paid))
    with CaptureQueriesContext(connection) as two:
        gather(method, ends_on=TODAY, cut=CUT)
    assert len(one) == len(two)


def test_figure_is_made_of_one_source(method, provider, merchant):
    """This site's own facts from a sample on, else those brought in, else the few there are."""
    paid = {"counterpart_id": merchant.party.pk, "service_id": service()}

    def shown() -> tuple[float | None, int]:
        value = only(method).values["H1"]
        return value.value, value.facts

    record(*(row(provider.party, "satisfaction", 5, f"own{n}", **paid) for n in range(4)))
    assert shown() == (5, 4)
    brought_in = [row(provider.party, "satisfaction", 2, f"file{n}", **paid) for n in range(2)]
    record_facts(SYSTEM, facts=brought_in, door=Door.DEMO)
    assert shown() == (2, 2)
    record(row(provider.party, "satisfaction", 5, "own4", **paid))
    assert shown() == (5, 5)
    evidence = evidence_of(
        method,
        party_id=provider.party.pk,
        service_id=service(),
        indicator="H1",
        ends_on=TODAY,
        cut=CUT,
    )
    own = Fact.objects.filter(door=Door.PORTAL).values_list("pk", flat=True)
    assert set(evidence.weights) == set(own)


def test_brought_in_words_of_its_own_hide_nothing(method, provider, merchant):
    paid = {"counterpart_id": merchant.party.pk, "service_id": service()}
    record(row(provider.party, "satisfaction", 5, "own", **paid))
    own_word = row(provider.party, "satisfaction", 2, "file", grade=Grade.SELF_REPORTED, **paid)
    record_facts(SYSTEM, facts=[own_word], door=Door.DEMO)
    assert only(method).values["H1"].facts == 1


def test_size_is_of_one_source_too(method, provider, merchant):
    sold = {"counterpart_id": merchant.party.pk, "service_id": service()}
    few = row(provider.party, "net_gmv", 50_000_000, "own", sample=20, **sold)
    brought_in = row(provider.party, "net_gmv", 200_000_000, "file", sample=500, **sold)
    record(few)
    record_facts(SYSTEM, facts=[brought_in], door=Door.DEMO)
    assert only(method).band == "L"
    record(row(provider.party, "net_gmv", 40_000_000, "more", sample=80, **sold))
    assert only(method).band == "M"


def test_without_a_limit_all_count_together(method, provider, merchant):
    del method.gathering["indicators"]["H1"]["own_from"]
    paid = {"counterpart_id": merchant.party.pk, "service_id": service()}
    record(row(provider.party, "satisfaction", 5, "own", **paid))
    record_facts(
        SYSTEM, facts=[row(provider.party, "satisfaction", 3, "file", **paid)], door=Door.DEMO
    )
    assert only(method).values["H1"].facts == 2
