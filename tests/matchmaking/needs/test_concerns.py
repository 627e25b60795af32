"""Conflicts of interest are told to both sides before the award, and kept with it."""

from datetime import timedelta

import pytest

from matchmaking.needs import selectors, services
from matchmaking.needs.states import Concern
from portal.core import clock
from portal.parties.models import Membership, Party
from portal.parties.states import PartyKind, Role
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.needs.checks import reread
from tests.parties.test_roster import joined

pytestmark = pytest.mark.django_db


def concerns(need, *people) -> list[list[str]]:
    """Of these bidders, each with its proposal."""
    rows = [
        need.proposals.filter(provider=person.party).first()
        or factories.submitted_proposal(person.actor, need)
        for person in people
    ]
    found = selectors.concerns_of(need, rows)
    return [found[person.party.pk] for person in people]


def test_strangers_have_nothing_in_common_but_the_phone_of_the_tests(merchant, provider):
    need = factories.open_need(merchant.actor)
    Party.objects.filter(pk=provider.party.pk).update(contact_phone="13900002222")
    provider.party.refresh_from_db()
    assert concerns(need, provider) == [[]]


def test_same_organisation_person_and_phone_are_told_to_both(merchant, provider):
    Party.objects.filter(pk=provider.party.pk).update(
        uscc=merchant.party.uscc, legal_name=merchant.party.legal_name
    )
    provider.party.refresh_from_db()
    Membership.objects.create(
        user=merchant.user,
        party=provider.party,
        role=Role.MEMBER,
        created_at=merchant.party.created_at,
    )
    need = factories.open_need(merchant.actor)
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    proposal = factories.submitted_proposal(provider.actor, need)
    wanted = [Concern.SAME_CODE, Concern.SAME_NAME, Concern.SAME_PERSON, Concern.SAME_PHONE]
    assert concerns(need, provider) == [wanted]
    for person in (merchant, provider):
        page = person.browser().get(proposal.get_absolute_url())
        assert len(page.context["concerns"]) == 4
    assert merchant.browser().get(f"/needs/{need.pk}/").context["has_concerns"]
    services.accept_proposal(merchant.actor, proposal=proposal)
    assert reread(proposal).concerns == wanted


def test_bidder_that_does_not_know_the_merchant_is_told_nothing_of_it(merchant, provider):
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    assert concerns(proposal.need, provider)[0], "the same phone"
    assert provider.browser().get(proposal.get_absolute_url()).context["concerns"] == []
    assert merchant.browser().get(proposal.get_absolute_url()).context["concerns"]


def test_phone_counts_as_it_was_when_the_proposal_was_handed_in(merchant, provider):
    """A later edit neither takes the warning away nor tells whose number is whose."""
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    of_provider = Party.objects.filter(pk=provider.party.pk)
    of_provider.update(contact_phone="13900002222", updated_at=clock.now() + timedelta(minutes=1))
    provider.party.refresh_from_db()
    assert Concern.SAME_PHONE in now(proposal)
    other = factories.submitted_proposal(
        provider.actor, factories.open_need(merchant.actor, title="零食自播间代运营")
    )
    assert Concern.SAME_PHONE not in now(other)
    of_provider.update(contact_phone=merchant.party.contact_phone)
    assert Concern.SAME_PHONE not in now(other)


def now(proposal) -> list[str]:
    fresh = reread(proposal)
    return selectors.concerns_of(fresh.need, [fresh])[fresh.provider_id]


def test_inviting_somebody_tells_nothing_of_them(merchant, provider):
    other = person_of(factories.listed_party(PartyKind.MERCHANT, "对手食品"))
    won = factories.submitted_proposal(provider.actor, factories.open_need(other.actor))
    services.accept_proposal(other.actor, proposal=won)
    need = factories.open_need(merchant.actor)
    invited = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    assert selectors.concerns_told(merchant.actor, invited) == []
    answer = merchant.browser().get(f"/api/v1/proposals/{invited.pk}/concerns/")
    assert answer.json() == []


def test_bidder_that_serves_a_rival_is_named_and_the_rival_is_not(merchant, provider, rival):
    other = person_of(factories.listed_party(PartyKind.MERCHANT, "对手食品"))
    won = factories.submitted_proposal(provider.actor, factories.open_need(other.actor))
    services.accept_proposal(other.actor, proposal=won)
    need = factories.open_need(merchant.actor)
    mine, theirs = concerns(need, provider, rival)
    assert Concern.RIVAL in mine
    assert Concern.RIVAL not in theirs
    proposal = need.proposals.get(provider=provider.party)
    page = merchant.browser().get(proposal.get_absolute_url()).content.decode()
    assert other.party.name not in page


def test_creator_beside_its_agency_is_told(merchant, agency, creator):
    need = factories.open_need(merchant.actor, seeks="agency", service_ids=[])
    services.accept_proposal(
        merchant.actor, proposal=factories.submitted_proposal(agency.actor, need)
    )
    other = factories.open_need(merchant.actor, seeks="creator", service_ids=[])
    assert Concern.ROSTER not in concerns(other, creator)[0]
    joined(agency, creator)
    assert Concern.ROSTER in concerns(other, creator)[0]


def test_queries_are_as_many_for_three_as_for_one(
    merchant, provider, rival, django_assert_num_queries
):
    need = factories.open_need(merchant.actor)
    rows = [factories.submitted_proposal(person.actor, need) for person in (provider, rival)]
    for some in (rows[:1], rows):
        with django_assert_num_queries(2):
            selectors.concerns_of(need, some)
