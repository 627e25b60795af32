"""Who is invited, who answers, and with what."""

from datetime import timedelta

import pytest

from matchmaking.needs import services
from matchmaking.needs.states import LossReason, ProposalStatus
from portal.core import clock
from portal.notices.models import Notice
from tests import factories
from tests.matchmaking.needs.checks import refused, reread, set_status, verbs

pytestmark = pytest.mark.django_db


def test_proposal_that_starts_in_ten_thousand_years_is_refused(merchant, provider):
    need = factories.open_need(merchant.actor)
    far = clock.today().replace(year=9999)
    refused(
        422,
        services.submit_proposal,
        provider.actor,
        need=need,
        fields=factories.proposal_fields(starts_on=far),
    )
    refused(422, services.create_need, merchant.actor, fields=factories.need_fields(starts_on=far))


def test_only_listed_providers_are_invited(merchant, provider, agency, colleague):
    need = factories.draft_need(merchant.actor)
    invite = services.invite_provider
    refused(409, invite, merchant.actor, need=need, provider=provider.party)
    services.publish_need(merchant.actor, need=need)
    refused(403, invite, colleague.actor, need=need, provider=provider.party)
    refused(403, invite, provider.actor, need=need, provider=provider.party)
    refused(422, invite, merchant.actor, need=need, provider=agency.party)
    refused(422, invite, merchant.actor, need=need, provider=merchant.party)
    for status in ("hidden", "suspended", "closed"):
        set_status(provider.party, status)
        refused(422, invite, merchant.actor, need=need, provider=provider.party)
    set_status(provider.party, "listed")
    with clock.standing_at(clock.now() + timedelta(days=15)):
        refused(409, invite, merchant.actor, need=need, provider=provider.party)


def test_inviting_twice_is_one_invitation(merchant, provider):
    need = factories.open_need(merchant.actor)
    first = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    again = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    assert first.pk == again.pk
    assert verbs(first) == ["invite_provider"]
    assert Notice.objects.filter(event="proposal.invited").count() == 1


def test_invitation_joins_a_draft_once(merchant, provider):
    need = factories.open_need(merchant.actor)
    draft = services.draft_proposal(provider.actor, need=need, fields=factories.proposal_fields())
    for _ in range(2):
        services.invite_provider(merchant.actor, need=need, provider=provider.party)
    draft = reread(draft)
    assert (draft.status, draft.plan) == (ProposalStatus.INVITED, factories.proposal_fields().plan)
    assert verbs(draft) == ["draft_proposal", "invite_provider"]
    assert services.submit_proposal(
        provider.actor, need=need, fields=factories.proposal_fields()
    ).status == (ProposalStatus.SUBMITTED)


def test_only_verified_providers_answer(merchant, provider, agency, stranger):
    need = factories.open_need(merchant.actor)
    fields = factories.proposal_fields()
    for person in (merchant, agency, stranger):
        for service in (services.submit_proposal, services.draft_proposal):
            refused(403, service, person.actor, need=need, fields=fields)
    set_status(provider.party, "suspended")
    refused(422, services.submit_proposal, provider.actor, need=need, fields=fields)


def test_answers_are_taken_while_the_need_is_open(merchant, provider):
    draft = factories.draft_need(merchant.actor)
    fields = factories.proposal_fields()
    refused(409, services.submit_proposal, provider.actor, need=draft, fields=fields)
    need = factories.open_need(merchant.actor)
    with clock.standing_at(clock.now() + timedelta(days=15)):
        refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)
    services.cancel_need(merchant.actor, need=need)
    refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)


def test_last_day_for_proposals_is_a_day_in_shanghai(merchant, provider):
    need = factories.open_need(merchant.actor)
    midnight = clock.datetime.combine(
        need.closes_on + timedelta(days=1), clock.datetime.min.time(), clock.SHANGHAI
    )
    fields = factories.proposal_fields()
    with clock.standing_at(midnight):
        refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)
    with clock.standing_at(midnight - timedelta(seconds=1)):
        services.submit_proposal(provider.actor, need=need, fields=fields)


def test_proposal_needs_a_price(merchant, provider):
    need = factories.open_need(merchant.actor)
    free = factories.proposal_fields(monthly_fee_fen=0, share_bp=0)
    refused(422, services.submit_proposal, provider.actor, need=need, fields=free)
    refused(422, services.draft_proposal, provider.actor, need=need, fields=free)
    share_alone = factories.proposal_fields(monthly_fee_fen=0, share_bp=500)
    services.submit_proposal(provider.actor, need=need, fields=share_alone)


def test_proposal_is_submitted_once(merchant, provider):
    need = factories.open_need(merchant.actor)
    factories.submitted_proposal(provider.actor, need)
    fields = factories.proposal_fields(monthly_fee_fen=1)
    refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)
    refused(409, services.draft_proposal, provider.actor, need=need, fields=fields)


def test_proposal_withdrawn_is_not_submitted_again(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    services.withdraw_proposal(provider.actor, proposal=proposal, reason=LossReason.TIMING)
    fields = factories.proposal_fields()
    refused(409, services.submit_proposal, provider.actor, need=need, fields=fields)
