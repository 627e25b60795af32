"""The greater of a guarantee and a share: asked for, offered, compared, agreed and ordered."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from matchmaking.needs import selectors, services
from matchmaking.needs.models import Offer, Proposal, ServiceOffer
from matchmaking.needs.services.offers import terms_of
from tests import factories
from tests.matchmaking.needs.checks import english, refused, reread

pytestmark = pytest.mark.django_db

FEE, SHARE = 1_000_000, 500  # ¥10,000 a month or 5%


def guaranteeing(person, **changes):
    bounds = {"share_low_bp": 300, "share_high_bp": 800}
    return factories.open_need(person.actor, price_form="guarantee", **bounds | changes)


def guarantee(person, need, **changes):
    terms = {"monthly_fee_fen": FEE, "share_bp": SHARE, "is_guarantee": True}
    return factories.submitted_proposal(person.actor, need, **terms | changes)


def test_answer_is_a_guarantee_and_costs_the_greater(merchant, provider):
    need = guaranteeing(merchant, gmv_low_fen=100_000_000, gmv_target_fen=200_000_000)
    refused(
        422,
        services.submit_proposal,
        provider.actor,
        need=need,
        fields=factories.proposal_fields(monthly_fee_fen=FEE, share_bp=SHARE),
    )
    assert not Proposal.objects.exists()
    proposal = guarantee(provider, need)
    rows = selectors.compare_costs(need, [proposal])
    assert [(row.scenario.gmv_fen, row.costs[0].fen) for row in rows] == [
        (0, 6_000_000),  # six months guaranteed
        (100_000_000, 6_000_000),  # 5% would be less
        (200_000_000, 10_000_000),
    ]


def test_guarantee_goes_through_the_negotiation_into_the_cooperation(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = guarantee(provider, need)
    lower = replace(terms_of(proposal), monthly_fee_fen=FEE - 100_000)
    assert lower.is_guarantee
    services.counter_offer(merchant.actor, proposal=proposal, fields=lower)
    services.agree_offer(provider.actor, proposal=reread(proposal))
    cooperation = services.accept_proposal(merchant.actor, proposal=reread(proposal))
    assert (cooperation.monthly_fee_fen, cooperation.is_guarantee) == (900_000, True)
    assert set(Offer.objects.values_list("is_guarantee", flat=True)) == {True}
    with translation.override("en"):
        for page in (proposal.get_absolute_url(), cooperation.get_absolute_url()):
            shown = english(merchant).get(page)
            assert "the greater is paid" in shown.content.decode()


@pytest.mark.parametrize("missing", ["monthly_fee_fen", "share_bp"])
def test_guarantee_without_one_of_the_two_is_refused(merchant, provider, missing):
    need = factories.open_need(merchant.actor)
    fields = factories.proposal_fields(is_guarantee=True, **{missing: 0})
    refused(422, services.submit_proposal, provider.actor, need=need, fields=fields)
    refused(
        422,
        services.create_service_offer,
        provider.actor,
        fields=factories.service_offer_fields(is_guarantee=True, **{missing: 0}),
    )
    assert not Proposal.objects.exists()
    assert not ServiceOffer.objects.exists()


@pytest.mark.parametrize("missing", ["share_high_bp", "budget_high_fen"])
def test_need_for_a_guarantee_says_both_bounds(merchant, missing):
    bounds = {"share_low_bp": 0, "share_high_bp": 500, "budget_low_fen": 0}
    wrong = factories.need_fields(price_form="guarantee", **bounds | {missing: 0})
    refused(422, services.create_need, merchant.actor, fields=wrong)


def test_database_keeps_no_guarantee_of_one_thing(merchant, provider):
    proposal = guarantee(provider, factories.open_need(merchant.actor))
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(share_bp=0)


def test_package_with_a_guarantee_is_ordered_as_one(merchant, provider):
    fields = factories.service_offer_fields(is_guarantee=True)
    offer = services.create_service_offer(provider.actor, fields=fields)
    services.show_service_offer(provider.actor, offer=offer)
    proposal = services.order_service_offer(merchant.actor, offer=offer)
    assert proposal.is_guarantee
    services.agree_offer(provider.actor, proposal=proposal)
    assert reread(proposal).cooperation.is_guarantee


def test_form_and_api_write_a_guarantee(merchant, provider):
    need = guaranteeing(merchant)
    page = provider.browser().get(f"/needs/{need.pk}/proposal/")
    assert page.context["form"]["is_guarantee"].value() is True, "as the merchant asks"
    typed = {
        "plan": "按周复盘。",
        "team": "2 主播",
        "monthly_fee": "10000",
        "share": "5",
        "is_guarantee": "on",
        "starts_on": need.starts_on.isoformat(),
    }
    provider.browser().post(f"/needs/{need.pk}/proposal/", typed)
    assert Proposal.objects.get().is_guarantee
    shown = provider.browser().get(f"/api/v1/proposals/{Proposal.objects.get().pk}/")
    assert shown.json()["is_guarantee"] is True
