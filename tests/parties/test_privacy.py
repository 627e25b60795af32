"""The table of docs/privacy.md, walked over pages and API with values planted in each party."""

from __future__ import annotations

import pytest
from django.test import Client

from matchmaking.needs import services as needs
from portal.parties import services
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of, staff_person
from tests.parties.test_roster import invited, joined

pytestmark = pytest.mark.django_db
PATHS = {
    "merchant": "merchants",
    "provider": "providers",
    "agency": "agencies",
    "creator": "creators",
}
PHONE, CONTACT = "13877776666", "绝密联系人"


@pytest.fixture
def auditor(db):
    return staff_person("auditor")


@pytest.fixture
def parties(db):
    """A listed party of each kind, with the same secrets in each."""
    return {
        kind: person_of(
            factories.listed_party(
                PartyKind(kind),
                f"公开名{kind}",
                legal_name=f"登记名{kind}",
                contact_name=CONTACT,
                contact_phone=PHONE,
            )
        )
        for kind in PATHS
    }


def pages_of(kind, pk):
    path = PATHS[kind]
    return [
        f"/{path}/{pk}/",
        f"/{path}/?q=公开名",
        f"/{path}/compare/?p={pk}",
        f"/api/v1/directory/{path}/?q=公开名",
        *([f"/api/v1/providers/{pk}/"] if kind == "provider" else []),
    ]


def read(client, addresses):
    answers = [client.get(address) for address in addresses]
    assert all(answer.status_code == 200 for answer in answers)
    return "".join(answer.content.decode() for answer in answers)


@pytest.mark.parametrize("kind", PATHS)
def test_listed_party_shows_its_name_and_no_contact(parties, stranger, kind):
    person = parties[kind]
    party = person.party
    other = parties["agency" if kind == "merchant" else "merchant"]
    for client in (Client(), stranger.browser(), other.browser()):
        text = read(client, pages_of(kind, party.pk))
        assert party.name in text
        for secret in (PHONE, CONTACT, person.user.email, person.user.name):
            assert secret not in text
        assert not party.uscc or party.uscc not in text
        assert (party.legal_name in text) == (kind != "creator"), "a person's is never shown"


@pytest.mark.parametrize("kind", PATHS)
def test_hidden_party_shows_nothing(parties, stranger, kind):
    person = parties[kind]
    services.hide_party(person.actor, party=person.party)
    for client in (Client(), stranger.browser()):
        for address in pages_of(kind, person.party.pk):
            assert person.party.name not in client.get(address).content.decode()


def test_other_side_of_a_cooperation_asks_for_the_contact(parties):
    merchant, provider = parties["merchant"], parties["provider"]
    need = factories.open_need(merchant.actor)
    cooperation = needs.accept_proposal(
        merchant.actor, proposal=factories.submitted_proposal(provider.actor, need)
    )
    address = cooperation.get_absolute_url()
    client = merchant.browser()
    assert PHONE not in read(client, [address, f"/api/v1/cooperations/{cooperation.pk}/"])
    assert PHONE in client.post(f"{address}contact/").content.decode()


def test_operator_sees_registered_names_and_half_a_contact(parties, operator, auditor):
    for person in parties.values():
        for staff in (operator, auditor):
            page = staff.browser().get(f"/admin/parties/party/{person.party.pk}/change/")
            text = page.content.decode()
            assert person.party.legal_name in text
            assert PHONE not in text
            assert CONTACT not in text


def test_roster_is_public_for_those_who_say_so(parties, visitor):
    agency, creator = parties["agency"], parties["creator"]
    entry = joined(agency, creator)
    invited(agency, None)
    address = f"/agencies/{agency.party.pk}/"
    text = read(visitor, [address])
    assert creator.party.name not in text
    assert "13900002222" not in text
    services.show_entry(creator.actor, entry=entry, is_shown=True)
    text = read(visitor, [address])
    assert creator.party.name in text
    assert entry.terms not in text
    assert creator.party.legal_name not in text
