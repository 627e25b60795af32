"""Offers and counter-offers: versions that are only added, answers that name one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from matchmaking.needs import selectors, services
from matchmaking.needs.fields import OfferFields
from matchmaking.needs.models import Need, Offer, Proposal
from matchmaking.needs.services.negotiation import terms_of
from matchmaking.needs.states import LossReason
from portal.core import clock
from portal.core.verdict import Refused
from portal.notices.models import Notice
from tests import factories
from tests.matchmaking.needs.checks import refused, reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(merchant, provider):
    return factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))


def lower(proposal, **changes) -> OfferFields:
    return replace(terms_of(proposal), monthly_fee_fen=3_000_000, **changes)


def test_both_sides_offer_and_the_merchant_accepts_the_version_it_read(
    merchant, provider, proposal
):
    countered = services.counter_offer(
        merchant.actor, proposal=proposal, fields=lower(proposal, term_months=12, note="长约")
    )
    assert (countered.number, countered.side) == (2, "merchant")
    refused(409, services.accept_proposal, merchant.actor, proposal=reread(proposal))  # its own
    agreed = services.agree_offer(provider.actor, proposal=reread(proposal))
    assert (agreed.number, agreed.agrees_to, agreed.term_months) == (3, 2, 12)
    cooperation = services.accept_proposal(merchant.actor, proposal=proposal, version=3)
    assert cooperation.monthly_fee_fen == 3_000_000
    assert (cooperation.ends_on - cooperation.starts_on).days >= 365
    numbers = list(proposal.offers.order_by("number").values_list("number", "monthly_fee_fen"))
    assert numbers == [(1, 3_800_000), (2, 3_000_000), (3, 3_000_000)]
    told = Notice.objects.filter(event="proposal.offered").values_list("party_id", flat=True)
    assert list(told.order_by("pk")) == [provider.party.pk, merchant.party.pk]


def test_page_that_is_older_than_the_last_offer_decides_nothing(merchant, provider, proposal):
    services.counter_offer(provider.actor, proposal=proposal, fields=lower(proposal))
    proposal.refresh_from_db()
    proposal.version = 1  # as the page showed it
    for service, extra in (
        (services.accept_proposal, {}),
        (services.counter_offer, {"fields": lower(reread(proposal))}),
    ):
        refused(409, service, merchant.actor, proposal=proposal, **extra)
    answer = merchant.browser().post(f"/proposals/{proposal.pk}/acceptance/", {"version": "1"})
    assert answer.status_code == 409
    assert merchant.browser().post(f"/proposals/{proposal.pk}/acceptance/").status_code == 409
    assert reread(proposal).cooperation is None


def test_only_the_two_sides_managers_negotiate(merchant, provider, rival, colleague, proposal):
    fields = lower(proposal)
    for person in (rival, colleague):
        refused(403, services.counter_offer, person.actor, proposal=proposal, fields=fields)
    for person in (merchant, rival, colleague):
        refused(403, services.agree_offer, person.actor, proposal=proposal)
    refused(409, services.agree_offer, provider.actor, proposal=proposal)  # its own offer
    services.decline_proposal(merchant.actor, proposal=proposal, reason=LossReason.PRICE)
    for person in (merchant, provider):
        refused(409, services.counter_offer, person.actor, proposal=proposal, fields=fields)


@pytest.mark.parametrize(
    "wrong",
    [
        {"monthly_fee_fen": 0, "share_bp": 0},
        {"term_months": 0},
        {"term_months": 37},
        {"note": "加微信 13800001111"},
        {"starts_on": clock.today() - timedelta(days=1)},
        {"ladder": [(0, 200), (100, 300)]},  # does not begin with the share
        {"ladder": [(0, 300), (0, 400)]},
        {"ladder": [(0, 300), *((n, 300 + n) for n in range(1, 6))]},
    ],
)
def test_terms_that_cannot_be_are_refused(merchant, proposal, wrong):
    fields = replace(terms_of(proposal), **wrong)
    refused(422, services.counter_offer, merchant.actor, proposal=proposal, fields=fields)


def test_versions_are_never_changed(proposal):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE needs_offer SET share_bp = 1")
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM needs_offer")


def test_offer_comes_in_the_form_the_need_asks_for(merchant, provider):
    need = factories.open_need(
        merchant.actor, price_form="ladder", share_low_bp=100, share_high_bp=900
    )
    refused(
        422,
        services.submit_proposal,
        provider.actor,
        need=need,
        fields=factories.proposal_fields(),
    )
    steps = [(0, 300), (100_000_000, 500)]
    proposal = factories.submitted_proposal(
        provider.actor, need, monthly_fee_fen=0, share_bp=300, ladder=steps
    )
    rows = selectors.compare_costs(need, [proposal])
    # ¥3.6 m: 3% of the first million, 5% of the 2.6 m above
    assert [(r.scenario.gmv_fen, r.costs[0].fen) for r in rows] == [
        (0, 0),
        (360_000_000, 3_000_000 + 13_000_000),
    ]
    cooperation = services.accept_proposal(merchant.actor, proposal=proposal)
    assert cooperation.ladder == [[0, 300], [100_000_000, 500]]
    page = provider.browser().get(cooperation.get_absolute_url()).content.decode()
    assert "5%" in page


def test_form_of_other_terms_is_kept_with_its_faults(merchant, proposal):
    browser, address = merchant.browser(), f"/proposals/{proposal.pk}/offers/"
    good = {
        "monthly_fee": "30000",
        "share": "2",
        "from_2": "1000000",
        "share_2": "4",
        "starts_on": str(proposal.starts_on),
        "term_months": "3",
        "version": "1",
    }
    bad = browser.post(address, good | {"share_2": ""})
    assert bad.status_code == 200
    assert Offer.objects.count() == 1
    assert browser.post(address, good).status_code == 302
    assert reread(proposal).ladder == [[0, 200], [100_000_000, 400]]
    stale = browser.post(address, good)
    assert (stale.status_code, Offer.objects.count()) == (200, 2)


# --- why it was lost ---------------------------------------------------------------------------


def test_loser_reads_where_it_stood_and_no_terms_of_the_winner(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    won = factories.submitted_proposal(provider.actor, need)
    lost = factories.submitted_proposal(
        rival.actor, need, monthly_fee_fen=4_800_000, starts_on=won.starts_on + timedelta(days=7)
    )
    services.accept_proposal(merchant.actor, proposal=won)
    assert reread(lost).lost_by == {
        "price": "higher",  # 396,000 beside 336,000
        "place": 2,
        "bids": 2,
        "start": "later",
        "answer": "later",
    }
    assert reread(won).lost_by is None
    page = rival.browser().get(lost.get_absolute_url()).content.decode()
    assert "20%" in page
    assert provider.party.name not in page
    assert "38,000" not in page


def test_both_sides_read_the_reasons_of_the_year(merchant, provider, rival, agency):
    need = factories.open_need(merchant.actor)
    first = factories.submitted_proposal(provider.actor, need)
    second = factories.submitted_proposal(rival.actor, need)
    services.decline_proposal(merchant.actor, proposal=first, reason=LossReason.PRICE)
    services.withdraw_proposal(rival.actor, proposal=second, reason=LossReason.CAPACITY)
    ours = selectors.losses_for(merchant.actor)
    assert [(r.reason, r.count) for r in ours.declined] == [("price", 1)]
    assert [(r.reason, r.count) for r in ours.withdrawn] == [("capacity", 1)]
    theirs = selectors.losses_for(provider.actor)
    assert (theirs.withdrawn, theirs.lost) == ([], [first])
    nothing = selectors.losses_for(agency.actor)
    assert (nothing.declined, nothing.withdrawn, nothing.lost) == ([], [], [])
    for person in (merchant, provider):
        assert person.browser().get("/needs/losses/").status_code == 200


# --- two at once -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_acceptance_that_meets_a_new_offer_never_takes_terms_nobody_read(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    higher = replace(terms_of(proposal), monthly_fee_fen=9_000_000)
    answers = factories.at_once(
        lambda: services.accept_proposal(merchant.actor, proposal=proposal, version=1),
        lambda: services.counter_offer(provider.actor, proposal=proposal, fields=higher, version=1),
        behind=Need.objects.filter(pk=need.pk),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    proposal = Proposal.objects.get()
    if proposal.cooperation is not None:
        assert proposal.cooperation.monthly_fee_fen == 3_800_000
