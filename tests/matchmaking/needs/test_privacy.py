"""Who asks stays unknown to those it did not invite, and a contact to all but the two sides."""

import pytest
from django.test import Client

from matchmaking.needs import services
from matchmaking.needs.models import Proposal
from matchmaking.needs.states import LossReason
from portal.core.models import AuditEntry
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db
PHONE = "13800001111"


@pytest.fixture
def need(merchant):
    return factories.open_need(merchant.actor, title="直播代运营")


def read(client, *addresses):
    pages = [client.get(address) for address in addresses]
    assert all(page.status_code == 200 for page in pages)
    return "".join(page.content.decode() for page in pages)


def names_of(merchant):
    party = merchant.party
    return [
        party.name,
        party.legal_name,
        party.uscc,
        f'"merchant": {party.pk}',
        f'"merchant":{party.pk}',
        merchant.user.name,
        merchant.user.email,
        PHONE,
        "顾雨",
    ]


def places_of(need):
    return f"/needs/{need.pk}/", "/needs/", f"/api/v1/needs/{need.pk}/", "/api/v1/needs/"


def test_stranger_learns_nothing_of_who_asks(need, merchant, stranger, rival, agency):
    for person in (stranger, rival, agency):
        text = read(person.browser(), *places_of(need))
        assert [word for word in names_of(merchant) if word in text] == []
    text = read(Client(), f"/needs/{need.pk}/", "/needs/", "/")
    assert [word for word in names_of(merchant) if word in text] == []


def test_visitor_and_unverified_read_no_brief(need, stranger, rival):
    draft = person_of(factories.draft_party("provider", "新手直播"))
    for client in (Client(), stranger.browser(), draft.browser()):
        assert need.brief not in read(client, f"/needs/{need.pk}/", "/needs/")
    for person in (stranger, draft):
        assert person.browser().get(f"/api/v1/needs/{need.pk}/").json()["brief"] == ""
    assert need.brief in read(rival.browser(), f"/needs/{need.pk}/")


def test_uninvited_provider_that_answers_still_learns_nothing(need, merchant, rival):
    proposal = factories.submitted_proposal(rival.actor, need)
    services.shortlist_proposal(merchant.actor, proposal=proposal)
    services.decline_proposal(
        merchant.actor, proposal=proposal, reason=LossReason.PRICE, note="太高"
    )
    text = read(
        rival.browser(),
        *places_of(need),
        proposal.get_absolute_url(),
        f"/api/v1/proposals/{proposal.pk}/",
        "/api/v1/proposals/",
        "/needs/?view=ended",
        "/notices/",
        "/api/v1/notices/",
        "/workbench/",
    )
    assert [word for word in names_of(merchant) if word in text] == []


def test_invited_provider_learns_the_name_and_no_contact(need, merchant, provider):
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    client = provider.browser()
    text = read(client, *places_of(need))
    assert merchant.party.name in text
    assert client.get(f"/api/v1/needs/{need.pk}/").json()["merchant"] == merchant.party.pk
    assert PHONE not in text
    assert merchant.user.email not in text


def test_draft_is_nobody_elses(need, merchant, provider):
    fields = factories.proposal_fields(plan="GEHEIM", team="TEAM-X", monthly_fee_fen=7_654_300)
    proposal = services.draft_proposal(provider.actor, need=need, fields=fields)
    client = merchant.browser()
    assert client.get(proposal.get_absolute_url()).status_code == 404
    assert client.get(f"/api/v1/proposals/{proposal.pk}/").status_code == 404
    assert client.get("/api/v1/proposals/").json()["results"] == []
    services.withdraw_proposal(
        provider.actor, proposal=proposal, reason=LossReason.CAPACITY, note="STILL"
    )
    assert client.get(proposal.get_absolute_url()).status_code == 404, "also once it has ended"
    assert client.get("/api/v1/proposals/").json()["results"] == []
    assert "STILL" not in read(client, f"/needs/{need.pk}/", "/notices/")


def test_draft_of_an_invited_provider_is_nobody_elses(need, merchant, provider):
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    fields = factories.proposal_fields(plan="GEHEIM", team="TEAM-X", monthly_fee_fen=7_654_300)
    proposal = services.draft_proposal(provider.actor, need=need, fields=fields)
    again = merchant.browser().post(
        f"/api/v1/needs/{need.pk}/invitations/",
        {"provider": provider.party.pk},
        content_type="application/json",
    )
    text = again.content.decode() + read(
        merchant.browser(),
        f"/needs/{need.pk}/",
        f"/needs/{need.pk}/candidates/",
        proposal.get_absolute_url(),
        f"/api/v1/proposals/{proposal.pk}/",
        "/api/v1/proposals/",
    )
    for word in ("GEHEIM", "TEAM-X", "76,543", "7654300"):
        assert word not in text
    assert "GEHEIM" in read(provider.browser(), proposal.get_absolute_url())
    assert Proposal.objects.get().plan == "GEHEIM", "hidden, not lost"


def test_rivals_learn_nothing_of_each_other(need, merchant, provider, rival):
    theirs = factories.submitted_proposal(provider.actor, need, plan="GEHEIM")
    factories.submitted_proposal(rival.actor, need)
    client = rival.browser()
    text = read(client, f"/needs/{need.pk}/", "/needs/", "/api/v1/proposals/")
    assert provider.party.name not in text
    assert "GEHEIM" not in text
    assert client.get(theirs.get_absolute_url()).status_code == 404


def test_ended_need_is_seen_by_those_concerned_only(need, merchant, provider, rival):
    factories.submitted_proposal(provider.actor, need)
    services.cancel_need(merchant.actor, need=need)
    assert provider.browser().get(f"/needs/{need.pk}/").status_code == 200
    for client in (rival.browser(), Client()):
        assert client.get(f"/needs/{need.pk}/").status_code == 404


# --- contacts ---------------------------------------------------------------------------------


@pytest.fixture
def cooperation(need, merchant, provider):
    return services.accept_proposal(
        merchant.actor, proposal=factories.submitted_proposal(provider.actor, need)
    )


def test_contact_is_masked_until_it_is_asked_for(cooperation, merchant, provider, rival):
    for person in (merchant, provider):
        text = read(
            person.browser(),
            cooperation.get_absolute_url(),
            "/cooperations/",
            f"/api/v1/cooperations/{cooperation.pk}/",
            "/api/v1/cooperations/",
            f"/providers/{provider.party.pk}/",
            f"/api/v1/providers/{provider.party.pk}/",
        )
        assert PHONE not in text
    assert not AuditEntry.objects.filter(verb="reveal_contact").exists()
    shown = provider.browser().post(f"/cooperations/{cooperation.pk}/contact/")
    assert PHONE in shown.content.decode()
    entry = AuditEntry.objects.get(verb="reveal_contact")
    assert (entry.user, entry.after) == (provider.user, {"of_party": merchant.party.pk})
    assert PHONE not in str(entry.after)
    assert PHONE not in read(provider.browser(), cooperation.get_absolute_url()), "each look asks"


def test_contact_is_not_for_members_nor_for_others(cooperation, colleague, rival, stranger):
    for person, status in ((colleague, 403), (rival, 404), (stranger, 404)):
        for address in (
            f"/cooperations/{cooperation.pk}/contact/",
            f"/api/v1/cooperations/{cooperation.pk}/contact/",
        ):
            answer = person.browser().post(address)
            assert answer.status_code == status
            assert PHONE not in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="reveal_contact").exists()
