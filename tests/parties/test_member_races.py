"""Two people at the same moment: one seat, one owner."""

import pytest

from portal.core.verdict import Refused
from portal.parties import services
from portal.parties.models import Invitation, Membership, Party
from portal.parties.states import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def of(person):
    return Membership.objects.get(user=person.user, party=person.party)


def race(merchant, *calls):
    answers = factories.at_once(*calls, behind=Party.objects.filter(pk=merchant.party.pk))
    return [answer for answer in answers if isinstance(answer, Refused)]


def test_two_who_open_one_link_are_one_member(merchant, stranger, provider):
    invitation = services.invite_member(
        merchant.actor, party=merchant.party, role=Role.MEMBER, email="new@example.com"
    )
    accept = services.accept_invitation
    (refusal,) = race(
        merchant,
        lambda: accept(stranger.actor, invitation=invitation),
        lambda: accept(provider.actor, invitation=invitation),
    )
    assert refusal.verdict.status == 409
    assert Membership.objects.filter(party=merchant.party).count() == 2


def test_invited_twice_at_once_is_one_invitation(merchant):
    def call():
        services.invite_member(
            merchant.actor, party=merchant.party, role=Role.MEMBER, email="new@example.com"
        )

    (refusal,) = race(merchant, call, call)
    assert refusal.verdict.status == 409
    assert Invitation.objects.count() == 1


def test_acceptance_that_meets_a_withdrawal_leaves_one_owner(merchant, colleague):
    offer = services.offer_ownership(merchant.actor, party=merchant.party, person=colleague.user)
    (refusal,) = race(
        merchant,
        lambda: services.accept_ownership(colleague.actor, offer=offer),
        lambda: services.withdraw_ownership(merchant.actor, offer=offer),
    )
    assert refusal.verdict.status in {403, 409}
    assert Membership.objects.filter(party=merchant.party, role=Role.OWNER).count() == 1


def test_acceptance_that_meets_a_removal_leaves_one_owner(merchant, colleague):
    offer = services.offer_ownership(merchant.actor, party=merchant.party, person=colleague.user)
    membership = of(colleague)
    refusals = race(
        merchant,
        lambda: services.accept_ownership(colleague.actor, offer=offer),
        lambda: services.remove_member(merchant.actor, membership=membership),
    )
    assert len(refusals) == 1
    assert Membership.objects.filter(party=merchant.party, role=Role.OWNER).count() == 1
