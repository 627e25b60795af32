"""Public profiles and the cards of a list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.needs import services as needs
from matchmaking.needs.models import ResponsePace
from portal.core import clock
from portal.directory.profiles import Capacity, cards_of, running_cooperations
from portal.parties import services
from portal.parties.selectors import whole_parties
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db


def described(person, **changes):
    party = person.party
    fields = factories.party_fields(party.name, uscc=party.uscc, legal_name=party.legal_name)
    offer = factories.provider_fields(**changes)
    return services.update_party(person.actor, party=party, fields=fields, provider=offer)


def test_free_places_are_what_is_left():
    assert Capacity(total=5, running=2, elsewhere=1).free == 2
    assert Capacity(total=1, running=2, elsewhere=0).free == 0


def test_provider_says_what_it_serves_and_how_much(provider, merchant, visitor):
    described(provider, fact_parts=["matrix", "own_live"], capacity=5, busy_elsewhere=1)
    factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    page = visitor.get(reverse("provider_detail", args=[provider.party.pk])).content.decode()
    assert 'id="readiness"' in page
    [card] = cards_of("provider", list(whole_parties().filter(pk=provider.party.pk)))
    assert card.facts["capacity"] == Capacity(5, 0, 1)
    assert card.facts["response"] is None
    listed = visitor.get(reverse("provider_list") + "?fact=own_live").content.decode()
    assert provider.party.name in listed
    assert (
        provider.party.name
        not in visitor.get(reverse("provider_list") + "?fact=campaigns").content.decode()
    )


@pytest.mark.parametrize(
    "changes",
    [{"fact_parts": ["9"]}, {"capacity": 0}, {"capacity": 2, "busy_elsewhere": 3}],
)
def test_provider_refuses_nonsense(provider, changes):
    from portal.core.verdict import Refused

    with pytest.raises(Refused):
        described(provider, **changes)


@pytest.mark.parametrize("kind", list(PartyKind))
def test_cards_ask_as_much_for_three_as_for_one(kind, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        parties = list(whole_parties().filter(kind=kind))
        with CaptureQueriesContext(connection) as seen:
            cards_of(kind, parties)
        return len(seen)

    factories.listed_party(kind, "云岭一号")
    one = queries()
    for number in range(2):
        factories.listed_party(kind, f"云岭{number + 2}号")
    assert queries() == one


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("provider", "providers"),
        ("creator", "creators"),
        ("agency", "agencies"),
        ("merchant", "merchants"),
    ],
)
def test_api_tells_what_the_page_shows(kind, path, request, visitor):
    person = request.getfixturevalue(kind)
    found = visitor.get(f"/api/v1/directory/{path}/{person.party.pk}/").json()
    assert found["name"] == person.party.name
    parts = {
        "provider": {"capacity", "response", "team", "cases"},
        "creator": {"response", "figures", "delivery", "spreads", "eligibility"},
        "agency": {"response", "house", "roster"},
        "merchant": {"shop"},
    }
    told = set().union(*parts.values()) & set(found)
    assert told == parts[kind]
    assert person.party.contact_phone not in str(found)
    services.hide_party(person.actor, party=person.party)
    assert visitor.get(f"/api/v1/directory/{path}/{person.party.pk}/").status_code == 404


def test_agreed_work_takes_room_until_it_is_over(provider, merchant):
    described(provider, capacity=5)
    proposal = factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))
    assert running_cooperations([provider.party.pk]) == {}
    needs.accept_proposal(merchant.actor, proposal=proposal)
    assert running_cooperations([provider.party.pk]) == {provider.party.pk: 1}
    [card] = cards_of("provider", list(whole_parties().filter(pk=provider.party.pk)))
    assert card.facts["capacity"].free == 4
    with clock.standing_at(clock.now() + timedelta(days=900)):
        assert running_cooperations([provider.party.pk]) == {}


def test_answers_are_told_from_three_on(provider, visitor):
    page = reverse("provider_detail", args=[provider.party.pk])
    pace = ResponsePace.objects.create(
        party=provider.party, asked=4, answered=2, median_minutes=120, made_on=clock.today()
    )
    few = visitor.get(f"/api/v1/directory/providers/{provider.party.pk}/").json()
    assert few["response"]["hours"] is None
    assert visitor.get(page).status_code == 200
    ResponsePace.objects.filter(pk=pace.pk).update(answered=3)
    found = visitor.get(f"/api/v1/directory/providers/{provider.party.pk}/").json()
    assert found["response"] == {"asked": 4, "answered": 3, "hours": 2.0}
