"""What a bidder fits and lacks, told before it writes, as the merchant's order judges it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from matchmaking.needs import services
from matchmaking.needs.ranking import CandidateList, fit_of
from portal.core import clock
from portal.parties.models import (
    Category,
    City,
    Document,
    DocumentKind,
    PermitRule,
    ProviderProfile,
    ServiceType,
)
from portal.parties.states import DocumentStatus, PartyStatus
from tests import factories
from tests.matchmaking.needs.checks import set_status

pytestmark = pytest.mark.django_db


def key(model, code):
    return model.objects.get(code=code).pk


def asking(merchant, **changes):
    return factories.open_need(merchant.actor, **changes)


def lacking(need, person):
    return {line.code: line.is_hard for line in fit_of(need, person.party).lacking}


def met(need, person):
    return [line.code for line in fit_of(need, person.party).met]


def test_whoever_stands_in_the_order_meets_every_hard_condition(merchant, provider):
    need = asking(merchant)
    fit = fit_of(need, provider.party)
    assert fit.is_in_order
    assert CandidateList(need).of_parties([provider.party.pk])
    assert {"service", "category", "price"} <= set(met(need, provider))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("service", lambda: {"service_ids": [key(ServiceType, "logistics")]}),
        ("region", lambda: {"city_id": key(City, "beijing"), "accepts_remote": False}),
    ],
)
def test_lacking_a_hard_condition_is_standing_outside_the_order(merchant, provider, code, changes):
    need = asking(merchant, **changes())
    assert lacking(need, provider)[code] is True
    assert CandidateList(need).of_parties([provider.party.pk]) == {}


def test_no_place_is_hard_and_not_said_is_not(merchant, provider):
    need = asking(merchant)
    assert lacking(need, provider).get("capacity") is False
    ProviderProfile.objects.filter(party=provider.party).update(capacity=1, busy_elsewhere=1)
    assert lacking(need, provider)["capacity"] is True
    ProviderProfile.objects.filter(party=provider.party).update(capacity=3)
    assert "capacity" in met(need, provider)


def test_category_and_price_shut_nobody_out_and_a_permit_does(merchant, provider):
    beauty = Category.objects.get(code="beauty")
    kind = DocumentKind.objects.get(code="cosmetics-filing")
    PermitRule.objects.create(
        party_kind="provider",
        category=beauty,
        document=kind,
        level="required",
        starts_on=clock.today() - timedelta(days=1),
    )
    need = asking(merchant, category_ids=[beauty.pk], budget_low_fen=100, budget_high_fen=10_000)
    assert lacking(need, provider) == {
        "category": False,
        "price": False,
        "permit": True,
        "capacity": False,
    }
    barred = CandidateList(need)
    assert (len(barred), [one.count for one in barred.exclusions]) == (0, [1])
    page = provider.browser().get(f"/needs/{need.pk}/").content.decode()
    assert f"/parties/{provider.party.pk}/documents/" in page
    Document.objects.create(
        party=provider.party,
        kind=kind,
        checked_elsewhere="登记时核对",
        number="1",
        expires_on=clock.today() + timedelta(days=99),
        status=DocumentStatus.ACCEPTED,
        uploaded_at=clock.now(),
        decided_at=clock.now(),
    )
    assert "permit" not in lacking(need, provider)
    assert len(CandidateList(need)) == 1


def test_parts_of_the_business_are_a_gap_until_they_are_named(merchant, provider):
    need = asking(merchant, facts=["campaigns", "top"])
    assert lacking(need, provider)["fact"] is False
    ProviderProfile.objects.filter(party=provider.party).update(fact_parts=["campaigns"])
    assert ("fact" in met(need, provider), "fact" in lacking(need, provider)) == (True, True)
    with translation.override("en"):
        (candidate,) = CandidateList(need).slice(0, 1)
    assert any("Top" in gap for gap in candidate.missing)
    ProviderProfile.objects.filter(party=provider.party).update(fact_parts=["campaigns", "top"])
    assert "fact" not in lacking(need, provider)


def test_hidden_party_reads_that_it_is_in_no_order(merchant, provider):
    set_status(provider.party, PartyStatus.HIDDEN)
    assert lacking(asking(merchant), provider) == {"listed": True}


def test_agency_is_judged_by_its_trade(merchant, agency):
    beauty = [key(Category, "beauty")]
    need = asking(merchant, seeks="agency", service_ids=[], category_ids=beauty)
    assert lacking(need, agency)["category"] is True
    food = asking(merchant, seeks="agency", service_ids=[])
    assert fit_of(food, agency.party).is_in_order


def test_page_tells_it_before_writing_with_a_link_to_mend_it(merchant, provider):
    need = asking(merchant, service_ids=[key(ServiceType, "logistics")])
    browser = provider.browser()
    for address in (f"/needs/{need.pk}/", f"/needs/{need.pk}/proposal/"):
        page = browser.get(address).content.decode()
        assert 'id="fit"' in page
        assert f"/parties/{provider.party.pk}/edit/" in page
    factories.submitted_proposal(provider.actor, need)
    assert 'id="fit"' not in browser.get(f"/needs/{need.pk}/").content.decode()


def test_button_is_there_if_and_only_if_the_service_would_let_it(merchant, provider):
    need = asking(merchant)
    address = f"/needs/{need.pk}/"
    writing = f"/needs/{need.pk}/proposal/"
    browser = provider.browser()
    assert f'href="{writing}"' in browser.get(address).content.decode()
    set_status(provider.party, PartyStatus.SUBMITTED)
    page = browser.get(address)
    assert f'href="{writing}"' not in page.content.decode()
    refusal = browser.get(writing)
    assert refusal.status_code == 422
    assert str(page.context["can_answer"].reason) in page.content.decode()


def test_nobody_else_is_told(merchant, provider, creator, client):
    need = asking(merchant)
    for browser in (client, merchant.browser(), creator.browser()):
        assert 'id="fit"' not in browser.get(f"/needs/{need.pk}/").content.decode()


def test_a_block_is_no_lack(merchant, provider):
    """Nothing tells a block from what everybody reads."""
    need = asking(merchant)
    before = fit_of(need, provider.party)
    other = factories.submitted_proposal(provider.actor, asking(merchant, title="别的"))
    services.block_party(merchant.actor, proposal=other)
    assert fit_of(need, provider.party) == before


def test_api_tells_the_same(merchant, provider):
    need = asking(merchant, service_ids=[key(ServiceType, "logistics")])
    answer = provider.browser().get(f"/api/v1/needs/{need.pk}/fit/").json()
    assert answer["is_in_order"] is False
    assert [line["code"] for line in answer["lines"] if line["is_hard"]] == ["service"]


def test_page_costs_the_same_for_one_category_and_three(merchant, provider):
    browser = provider.browser()
    counts = []
    for codes in (["food"], ["food", "beauty", "books"]):
        need = asking(merchant, category_ids=[key(Category, code) for code in codes])
        browser.get(f"/needs/{need.pk}/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/needs/{need.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
