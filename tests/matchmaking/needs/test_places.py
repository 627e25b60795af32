"""Capacity keeps those out who say they are full; reach is a part of the score of creators."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from matchmaking.needs import services
from matchmaking.needs.ranking import CandidateList
from portal.core import clock
from portal.parties import services as parties
from portal.parties.fields import RosterFields
from portal.parties.listing import Reached, publish_reach
from portal.parties.models import Party, ProviderProfile
from portal.parties.states import PartyKind, RosterStatus
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db


def join(creator, agency) -> None:
    today = clock.today()
    fields = RosterFields(
        name=creator.party.name,
        creator_id=creator.party.pk,
        phone="",
        starts_on=today,
        last_day=today + timedelta(days=364),
        terms="机构服务费为佣金的 20%，按月结算。",
    )
    entry = parties.invite_creator(agency.actor, agency=agency.party, fields=fields)
    parties.join_roster(creator.actor, entry=entry)


def names(need) -> list[str]:
    return [candidate.provider.name for candidate in CandidateList(need).slice(0, 20)]


def of(name: str, capacity: int | None, busy: int = 0) -> Party:
    party = factories.listed_party(PartyKind.PROVIDER, name)
    ProviderProfile.objects.filter(party=party).update(capacity=capacity, busy_elsewhere=busy)
    return party


def test_full_ones_are_left_out_until_a_place_is_free(merchant):
    one = of("一位", 1)
    of("满员", 2, busy=2)
    of("没说", None)
    need = factories.open_need(merchant.actor)
    assert set(names(need)) == {"一位", "没说"}
    proposal = factories.submitted_proposal(
        person_of(one).actor, factories.open_need(merchant.actor)
    )
    cooperation = services.accept_proposal(merchant.actor, proposal=proposal)
    assert set(names(need)) == {"没说"}, "what runs here counts, at once"
    with translation.override("en"):
        found = CandidateList(need)
        [reason] = [e for e in found.exclusions if "no place" in str(e.reason)]
        [silent] = found.slice(0, 9)
    assert reason.count == 2
    assert "Has not said how much it can take on" in silent.missing
    type(cooperation).objects.filter(pk=cooperation.pk).update(
        status="terminated", ended_at=cooperation.agreed_at
    )
    assert set(names(need)) == {"一位", "没说"}


def test_creators_are_ranked_by_their_followers_too(merchant):
    few, many, _unknown = (
        factories.listed_party(PartyKind.CREATOR, name) for name in ("小", "大", "未知")
    )
    need = factories.open_need(merchant.actor, seeks="creator", service_ids=[])
    publish_reach({few.pk: Reached(2_000), many.pk: Reached(5_000_000)})
    found = CandidateList(need)
    by_name = {c.provider.name: c for c in found.slice(0, 9)}
    points = {
        name: next(part for part in candidate.parts if part.code == "reach")
        for name, candidate in by_name.items()
    }
    assert points["大"].points == pytest.approx(15 * 0.92474, abs=0.001)
    assert points["小"].points == pytest.approx(15 * 0.07526, abs=0.001)
    assert not points["未知"].is_measured
    assert names(need)[0] == "大"
    publish_reach({few.pk: Reached(9_000_000)})
    assert names(need)[0] == "小", "what is published changes the order at once"


def test_agency_reaches_what_its_creators_do_once_three_are_known(merchant, agency):
    crew = [factories.listed_party(PartyKind.CREATOR, f"达人{n}") for n in range(3)]
    for creator in crew:
        join(person_of(creator), agency)
    need = factories.open_need(merchant.actor, seeks="agency", service_ids=[])

    def reach():
        [candidate] = CandidateList(need).slice(0, 9)
        return next(part for part in candidate.parts if part.code == "reach")

    publish_reach({creator.pk: Reached(100_000) for creator in crew[:2]})
    assert not reach().is_measured
    publish_reach({crew[2].pk: Reached(800_000)})
    assert reach().points == pytest.approx(15 * 0.75), "a million together"
    assert agency.party.roster.filter(status=RosterStatus.ACTIVE).count() == 3


def test_method_that_is_shown_is_the_one_that_ranks(merchant, creator):
    need = factories.open_need(merchant.actor, seeks="creator", service_ids=[])
    page = merchant.browser().get(f"/needs/{need.pk}/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "2026-5 creator" in page.content.decode()
