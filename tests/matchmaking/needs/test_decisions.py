"""Who decides about a proposal, when, and for which reasons."""

import pytest

from matchmaking.needs import services, states
from matchmaking.needs.states import LossReason
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.needs.checks import refused, set_status

pytestmark = pytest.mark.django_db


def test_only_the_merchants_managers_decide(merchant, provider, rival, colleague, stranger):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    other = person_of(factories.listed_party("merchant", "沐白个护"))
    for person in (provider, rival, colleague, stranger, other):
        refused(403, services.accept_proposal, person.actor, proposal=proposal)
        refused(403, services.shortlist_proposal, person.actor, proposal=proposal)
        refused(
            403,
            services.decline_proposal,
            person.actor,
            proposal=proposal,
            reason=LossReason.PRICE,
        )
    for person in (merchant, rival, colleague, stranger):
        refused(
            403,
            services.withdraw_proposal,
            person.actor,
            proposal=proposal,
            reason=LossReason.CAPACITY,
        )
    for person in (provider, colleague, stranger, other):
        refused(403, services.cancel_need, person.actor, need=need)


def test_what_was_not_submitted_cannot_be_decided(merchant, provider):
    need = factories.open_need(merchant.actor)
    invited = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    refused(409, services.accept_proposal, merchant.actor, proposal=invited)
    refused(409, services.shortlist_proposal, merchant.actor, proposal=invited)
    refused(
        409,
        services.decline_proposal,
        merchant.actor,
        proposal=invited,
        reason=LossReason.PRICE,
    )


def test_what_has_ended_stays_ended(merchant, provider, rival):
    need = factories.open_need(merchant.actor)
    lost = factories.submitted_proposal(rival.actor, need)
    services.decline_proposal(merchant.actor, proposal=lost, reason=LossReason.TEAM)
    won = factories.submitted_proposal(provider.actor, need)
    services.accept_proposal(merchant.actor, proposal=won)
    for proposal, owner in ((lost, rival), (won, provider)):
        refused(409, services.accept_proposal, merchant.actor, proposal=proposal)
        refused(409, services.shortlist_proposal, merchant.actor, proposal=proposal)
        refused(
            409,
            services.decline_proposal,
            merchant.actor,
            proposal=proposal,
            reason=LossReason.TEAM,
        )
        refused(
            409,
            services.withdraw_proposal,
            owner.actor,
            proposal=proposal,
            reason=LossReason.CAPACITY,
        )
    refused(409, services.cancel_need, merchant.actor, need=need)
    refused(409, services.publish_need, merchant.actor, need=need)
    refused(409, services.invite_provider, merchant.actor, need=need, provider=rival.party)


def test_shortlisting_twice_is_refused(merchant, provider):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    services.shortlist_proposal(merchant.actor, proposal=proposal)
    refused(409, services.shortlist_proposal, merchant.actor, proposal=proposal)


def test_nobody_unverified_begins_a_cooperation(merchant, provider):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    for party in (merchant.party, provider.party):
        set_status(party, "suspended")
        refused(422, services.accept_proposal, merchant.actor, proposal=proposal)
        set_status(party, "listed")
    services.accept_proposal(merchant.actor, proposal=proposal)


@pytest.mark.parametrize("reason", sorted(set(LossReason) - set(states.DECLINE_REASONS)))
def test_a_merchants_no_has_one_of_the_merchants_reasons(merchant, provider, reason):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    refused(
        422, services.decline_proposal, merchant.actor, proposal=proposal, reason=reason, note="x"
    )


@pytest.mark.parametrize("reason", sorted(set(LossReason) - set(states.WITHDRAW_REASONS)))
def test_a_providers_no_has_one_of_the_providers_reasons(merchant, provider, reason):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    refused(422, services.withdraw_proposal, provider.actor, proposal=proposal, reason=reason)
