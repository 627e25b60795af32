"""What needs make for the evaluation: how soon leads are answered, and what becomes of them."""

from datetime import timedelta

import pytest

from matchmaking.needs import services
from matchmaking.needs.facts import LEAD, RESPONSE, record_need_facts
from matchmaking.needs.models import Proposal
from matchmaking.needs.states import LossReason
from portal.core import clock
from portal.evaluation.links import row_link
from portal.evaluation.models import Fact
from portal.evaluation.states import Grade
from tests.factories import SYSTEM, open_need, proposal_fields, submitted_proposal

pytestmark = pytest.mark.django_db


def facts(ref_kind):
    rows = Fact.objects.filter(ref_kind=ref_kind).order_by("pk")
    return list(rows.values_list("party", "value", "service__code"))


def test_decided_proposals_are_leads_that_were_signed_or_not(merchant, provider, rival):
    need = open_need(merchant.actor)
    won = submitted_proposal(provider.actor, need)
    submitted_proposal(rival.actor, need)
    assert record_need_facts(SYSTEM) == 0  # nothing is decided yet
    services.accept_proposal(merchant.actor, proposal=won)
    assert record_need_facts(SYSTEM) == 2
    assert record_need_facts(SYSTEM) == 0
    assert sorted(facts(LEAD)) == sorted(
        [(provider.party.pk, 100.0, "live-room"), (rival.party.pk, 0.0, "live-room")]
    )
    fact = Fact.objects.filter(party=provider.party).get()
    assert (fact.counterpart, fact.grade) == (merchant.party, Grade.PLATFORM)


def test_taking_back_what_was_handed_in_is_a_lead_not_signed(merchant, provider):
    proposal = submitted_proposal(provider.actor, open_need(merchant.actor))
    services.withdraw_proposal(provider.actor, proposal=proposal, reason=LossReason.CAPACITY)
    record_need_facts(SYSTEM)
    assert facts(LEAD) == [(provider.party.pk, 0.0, "live-room")]


def test_invitation_makes_a_response_in_working_hours(merchant, provider, rival):
    need = open_need(merchant.actor)
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    proposal = Proposal.objects.get(need=need, provider=provider.party)
    with clock.standing_at(clock.now() + timedelta(days=7)):
        services.submit_proposal(provider.actor, need=need, fields=proposal_fields())
        assert record_need_facts(SYSTEM) == 1
    [(party_id, hours, code)] = facts(RESPONSE)
    assert (party_id, code) == (provider.party.pk, "live-room")
    assert 9 <= hours <= 7 * 9
    fact = Fact.objects.get()
    link = row_link(RESPONSE)
    assert link is not None
    assert link.find(provider.actor, fact.ref_id) == proposal.get_absolute_url()
    assert link.find(rival.actor, fact.ref_id) is None
