"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import services
from matchmaking.needs.models import Need, Proposal
from portal.core import clock
from portal.revenue.models import Agreement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget_low_fen": -1},
        {"budget_high_fen": 0},
        {"gmv_target_fen": 0},
        {"term_months": 0},
        {"term_months": 37},
        {"city": None, "accepts_remote": False},
        {"status": "open", "published_at": None},
        {"status": "awarded"},
        {"ended_at": clock.now()},
    ],
)
def test_need_that_cannot_be_is_refused_by_the_database(merchant, wrong):
    need = factories.open_need(merchant.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"submitted_at": None},
        {"version": 0},
        {"offered_by": ""},
        {"monthly_fee_fen": None},
        {"monthly_fee_fen": -1},
        {"monthly_fee_fen": 0, "share_bp": 0},
        {"share_bp": 10_001},
        {"starts_on": None},
        {"status": "declined"},
        {"status": "withdrawn"},
        {"status": "accepted"},
    ],
)
def test_proposal_that_cannot_be_is_refused_by_the_database(merchant, provider, wrong):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**wrong)


def test_second_proposal_of_a_provider_is_refused_by_the_database(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    proposal.pk = None
    with pytest.raises(IntegrityError, match="proposal_once"), transaction.atomic():
        proposal.save(force_insert=True)


def award(proposal, cooperation):
    """Past every service."""
    cooperation.save(force_insert=True)
    Proposal.objects.filter(pk=proposal.pk).update(status="accepted", cooperation=cooperation)


def test_second_award_of_a_need_is_refused_by_the_database(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    won = factories.submitted_proposal(provider.actor, need)
    lost = factories.submitted_proposal(rival.actor, need)
    cooperation = services.accept_proposal(merchant.actor, proposal=won)
    other = Cooperation.objects.get(pk=cooperation.pk)
    paper = Agreement.objects.get(pk=other.agreement_id)
    paper.pk, paper.scope_key = None, "another"
    paper.save(force_insert=True)
    other.pk, other.door_ref, other.agreement = None, str(lost.pk), paper
    with pytest.raises(IntegrityError, match="proposal_one_accepted"), transaction.atomic():
        award(lost, other)
