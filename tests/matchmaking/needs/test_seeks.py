"""A need looks for a provider, an agency or a creator: who is ranked, invited and may answer."""

import pytest

from matchmaking.needs import services
from matchmaking.needs.ranking import CandidateList
from portal.parties.models import Category, City
from portal.parties.profile_states import FactPart
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.needs.checks import refused

pytestmark = pytest.mark.django_db


def seeking(person, kind, **changes):
    return factories.open_need(person.actor, seeks=kind, service_ids=[], **changes)


@pytest.mark.parametrize("kind", ["agency", "creator"])
def test_only_the_kind_that_is_sought_is_ranked_invited_and_answers(request, merchant, kind):
    wanted = request.getfixturevalue(kind)
    other = request.getfixturevalue({"agency": "creator", "creator": "agency"}[kind])
    provider = request.getfixturevalue("provider")
    need = seeking(merchant, kind)
    assert [c.provider for c in CandidateList(need).slice(0, 9)] == [wanted.party]
    for person in (other, provider):
        refused(422, services.invite_provider, merchant.actor, need=need, provider=person.party)
        refused(
            403,
            services.submit_proposal,
            person.actor,
            need=need,
            fields=factories.proposal_fields(),
        )
    services.invite_provider(merchant.actor, need=need, provider=wanted.party)
    proposal = factories.submitted_proposal(wanted.actor, need)
    cooperation = services.accept_proposal(merchant.actor, proposal=proposal)
    assert cooperation.provider == wanted.party


def test_agencies_are_ranked_by_trade_and_place_alone(merchant, agency):
    """All food; half food, half beauty; beauty alone; and food far away."""
    food, beauty = (Category.objects.get(code=code) for code in ("food", "beauty"))
    half = factories.listed_party(PartyKind.AGENCY, "半食", shares={food.pk: 50, beauty.pk: 50})
    factories.listed_party(PartyKind.AGENCY, "美妆", shares={beauty.pk: 100})
    far = City.objects.get(code="chengdu").pk
    away = factories.listed_party(PartyKind.AGENCY, "成都", city_id=far)
    found = CandidateList(seeking(merchant, "agency"))
    names = [c.provider.name for c in found.slice(0, 9)]
    assert set(names[:2]) == {agency.party.name, away.name}
    assert names[2:] == [half.name]
    excluded = found.ranking.excluded_counts
    assert {name: n for name, n in excluded.items() if n} == {"category": 1}
    assert "price" not in found.ranking.part_codes
    assert "reach" in found.ranking.unmeasured, "nothing is known of its creators"
    here = City.objects.get(code="hangzhou").pk
    near = CandidateList(seeking(merchant, "agency", city_id=here, accepts_remote=False))
    assert {c.provider.name for c in near.slice(0, 9)} == {agency.party.name, half.name}


@pytest.mark.parametrize(
    "wrong",
    [
        {"seeks": "agency"},  # with the services of a provider
        {"seeks": "provider", "service_ids": []},
        {"seeks": "merchant", "service_ids": []},
        {"facts": ["x"]},
        {"price_form": "barter"},
        {"price_form": "share"},
        {"price_form": "ladder", "share_low_bp": 0, "share_high_bp": 0},
        {"price_form": "fixed", "budget_low_fen": 0, "budget_high_fen": 0},
        {"price_form": "fixed", "share_low_bp": 100, "share_high_bp": 200},
        {"price_form": "both", "share_low_bp": 100},
        {"price_form": "any", "share_low_bp": 300, "share_high_bp": 200},
        {"price_form": "any", "share_low_bp": 300, "share_high_bp": 10_001},
    ],
)
def test_brief_that_fits_no_form_is_refused(merchant, wrong):
    refused(422, services.create_need, merchant.actor, fields=factories.need_fields(**wrong))


def test_brief_in_full_is_kept_and_shown(merchant, provider, visitor):
    need = factories.open_need(
        merchant.actor,
        facts=[FactPart.FIELD, FactPart.TOP],
        price_form="both",
        share_low_bp=200,
        share_high_bp=450,
    )
    need.refresh_from_db()
    assert (need.facts, need.price_form) == (["own_live", "top"], "both")
    for page in (f"/needs/{need.pk}/", "/needs/?view=open"):
        for client in (visitor, provider.browser(), merchant.browser()):
            assert "4.5%" in client.get(page).content.decode()


def test_share_alone_measures_no_price(merchant, provider):
    need = factories.open_need(
        merchant.actor,
        price_form="share",
        budget_low_fen=0,
        budget_high_fen=0,
        share_low_bp=100,
        share_high_bp=500,
    )
    assert "price" in CandidateList(need).ranking.unmeasured


def test_agency_finds_needs_and_its_invitations(merchant, agency):
    need = seeking(merchant, "agency")
    services.invite_provider(merchant.actor, need=need, provider=agency.party)
    browser = agency.browser()
    assert need.title in browser.get("/needs/?view=waiting").content.decode()
    assert need.title in browser.get("/workbench/").content.decode()
    assert "/proposal/" in browser.get(f"/needs/{need.pk}/").content.decode()


def test_hidden_party_is_not_invited(merchant, agency):
    need = seeking(merchant, "agency")
    draft = factories.draft_party(PartyKind.AGENCY, "草稿机构")
    refused(422, services.invite_provider, merchant.actor, need=need, provider=draft)
    assert person_of(agency.party).party.kind == need.seeks
