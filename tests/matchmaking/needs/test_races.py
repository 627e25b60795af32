"""People who press at the same moment: one wins, the other is told, nothing is sold twice."""

from functools import partial

import pytest

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import services
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import LossReason
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.parties.models import Membership
from portal.parties.states import Role
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager(merchant):
    user = factories.user("manager@example.com", "经理")
    Membership.objects.create(
        user=user, party=merchant.party, role=Role.MANAGER, created_at=merchant.party.created_at
    )
    return person_of(merchant.party, user, Role.MANAGER)


def one_refused(answers):
    """The conflict that exactly one of them met."""
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.verdict.status == 409
    return refused


def test_colleagues_who_accept_two_proposals_make_one_cooperation(
    merchant, manager, provider, rival
):
    need = factories.open_need(merchant.actor)
    first = factories.submitted_proposal(provider.actor, need)
    second = factories.submitted_proposal(rival.actor, need)
    answers = factories.at_once(
        lambda: services.accept_proposal(merchant.actor, proposal=first),
        lambda: services.accept_proposal(manager.actor, proposal=second),
        behind=Need.objects.filter(pk=need.pk),
    )
    one_refused(answers)
    assert Cooperation.objects.count() == 1
    assert sorted(need.proposals.values_list("status", flat=True)) == ["accepted", "declined"]
    assert AuditEntry.objects.filter(verb="award_need").count() == 1


def test_colleagues_who_accept_the_same_proposal_make_one_cooperation(merchant, manager, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    answers = factories.at_once(
        lambda: services.accept_proposal(merchant.actor, proposal=proposal),
        lambda: services.accept_proposal(manager.actor, proposal=proposal),
        behind=Need.objects.filter(pk=need.pk),
    )
    one_refused(answers)
    assert Cooperation.objects.count() == 1


@pytest.mark.parametrize("first", ["accept", "withdraw"])
def test_withdrawal_that_meets_an_acceptance_is_decided_by_who_came_first(
    merchant, provider, first
):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    calls = [
        lambda: services.accept_proposal(merchant.actor, proposal=proposal),
        lambda: services.withdraw_proposal(
            provider.actor, proposal=proposal, reason=LossReason.CAPACITY
        ),
    ]
    if first == "withdraw":
        calls.reverse()
    answers = factories.at_once(*calls, behind=Need.objects.filter(pk=need.pk))
    one_refused(answers)
    proposal.refresh_from_db()
    is_hired = Cooperation.objects.count() == 1
    assert proposal.status == ("accepted" if is_hired else "withdrawn")
    need.refresh_from_db()
    assert need.status == ("awarded" if is_hired else "matched")


def test_cancellation_that_meets_a_submission_leaves_no_live_proposal(merchant, provider):
    need = factories.open_need(merchant.actor)
    factories.at_once(
        lambda: services.cancel_need(merchant.actor, need=need),
        lambda: factories.submitted_proposal(provider.actor, need),
        behind=Need.objects.filter(pk=need.pk),
    )
    need.refresh_from_db()
    assert need.status == "cancelled"
    assert not Proposal.objects.live().exists()


def test_submission_pressed_twice_is_one_proposal(merchant, provider):
    need = factories.open_need(merchant.actor)
    call = partial(factories.submitted_proposal, provider.actor, need)
    one_refused(factories.at_once(call, call, behind=Need.objects.filter(pk=need.pk)))
    assert Proposal.objects.count() == 1
    assert AuditEntry.objects.filter(verb="submit_proposal").count() == 1


def test_invitation_that_meets_an_answer_is_one_proposal(merchant, provider):
    need = factories.open_need(merchant.actor)
    factories.at_once(
        lambda: services.invite_provider(merchant.actor, need=need, provider=provider.party),
        lambda: factories.submitted_proposal(provider.actor, need),
        behind=Need.objects.filter(pk=need.pk),
    )
    assert Proposal.objects.get().status == "submitted"


def test_publishing_pressed_twice_publishes_once(merchant, manager):
    need = factories.draft_need(merchant.actor)
    answers = factories.at_once(
        lambda: services.publish_need(merchant.actor, need=need),
        lambda: services.publish_need(manager.actor, need=need),
        behind=Need.objects.filter(pk=need.pk),
    )
    one_refused(answers)
    assert AuditEntry.objects.filter(verb="publish_need").count() == 1
