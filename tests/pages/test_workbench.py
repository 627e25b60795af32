"""The home page counts what is there, and the workbench knows what needs whom today."""

from datetime import timedelta

import pytest
from django.test import Client

from matchmaking.needs import services
from portal.core import clock
from portal.parties import services as parties
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db


def todos(person):
    """Where each to-do of the person's workbench leads, in its order."""
    return [todo.url for todo in person.browser().get("/workbench/").context["todos"]]


def figures(person):
    return [figure["value"] for figure in person.browser().get("/workbench/").context["figures"]]


def test_person_without_a_party_is_shown_how_to_begin(stranger, operator):
    assert todos(stranger) == ["/parties/new/"]
    assert todos(operator) == []


def test_party_under_way_is_reminded_of_its_next_step(reviewer):
    draft = factories.draft_party("merchant", "沐白个护")
    owner = person_of(draft)
    assert todos(owner) == [draft.get_absolute_url()]
    parties.submit_party(owner.actor, party=draft)
    assert todos(owner) == []
    parties.return_party(reviewer.actor, party=draft, note="blurred")
    (todo,) = owner.browser().get("/workbench/").context["todos"]
    assert (todo.detail, todo.is_urgent) == ("blurred", True)


def test_merchant_sees_drafts_to_publish_and_proposals_to_answer(merchant, provider, rival):
    draft = factories.draft_need(merchant.actor)
    need = factories.open_need(merchant.actor)
    assert todos(merchant) == [draft.get_absolute_url()]
    assert figures(merchant) == [1, 0, 0]
    factories.submitted_proposal(provider.actor, need)
    second = factories.submitted_proposal(rival.actor, need)
    assert todos(merchant) == [f"{need.get_absolute_url()}#proposals", draft.get_absolute_url()]
    assert figures(merchant) == [1, 2, 0]
    services.shortlist_proposal(merchant.actor, proposal=second)
    (todo, _draft) = merchant.browser().get("/workbench/").context["todos"]
    assert ("2" in todo.title, figures(merchant)) == (True, [1, 2, 0]), "both count the shortlist"
    services.accept_proposal(merchant.actor, proposal=second)
    assert todos(merchant) == [draft.get_absolute_url()]
    assert figures(merchant) == [0, 0, 1]


def test_provider_sees_invitations_until_they_are_answered(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    assert todos(provider) == [proposal.get_absolute_url()]
    assert figures(provider) == [1, 0, 0]
    with clock.standing_at(clock.now() + timedelta(days=12)):
        (todo,) = provider.browser().get("/workbench/").context["todos"]
        assert (todo.due, todo.is_urgent) == (need.closes_on, True)
    factories.submitted_proposal(provider.actor, need)
    assert todos(provider) == []
    assert figures(provider) == [0, 1, 0]


def test_operator_sees_the_queues_and_nobody_else_does(operator, merchant):
    factories.submitted_party("merchant", "沐白个护")
    queues = operator.browser().get("/workbench/").context["queues"]
    assert [queue.count for queue in queues if queue.count] == [1]
    assert merchant.browser().get("/workbench/").context["queues"] == []


def test_home_counts_what_is_listed_and_open(merchant, provider, rival, agency, creator):
    parties.hide_party(rival.actor, party=rival.party)
    need = factories.open_need(merchant.actor)
    factories.draft_need(merchant.actor)
    factories.submitted_proposal(provider.actor, need)
    counts = Client().get("/").context["counts"]
    assert counts == {
        "merchants": 1,
        "providers": 1,
        "agencies": 1,
        "creators": 1,
        "open_needs": 1,
        "proposals": 1,
        "cooperations": 0,
        "listed": 4,
    }
