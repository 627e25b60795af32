"""htmx narrows what is rendered and nothing else; lists cost the same for one row and for three."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.needs import services
from portal.core import jobs
from portal.parties.models import Party
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'(csrfmiddlewaretoken" value=|"X-CSRFToken": ?)"\w+"')


def masked(text):
    """A page without the CSRF token, which is salted anew each time."""
    return TOKEN.sub("", text)


@pytest.fixture
def world(merchant, provider, operator, settings):
    need = factories.open_need(merchant.actor)
    cooperation = services.accept_proposal(
        merchant.actor,
        proposal=factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor)),
    )
    job = jobs.start_job(SYSTEM, kind="tests.nobody")
    settings.IS_DEMO = True
    jobs.start_job(SYSTEM, kind="demo.load")
    return {
        "need-list": (merchant, "/needs/"),
        "candidates": (merchant, f"/needs/{need.pk}/candidates/"),
        "contact": (merchant, cooperation.get_absolute_url()),
        "demo-loading": (operator, "/workbench/"),
        "job": (operator, f"/jobs/{job.pk}/"),
    }


def test_part_is_a_literal_piece_of_its_page(world):
    for part, (person, address) in world.items():
        client = person.browser()
        whole = client.get(address)
        narrow = client.get(address, headers={"HX-Request": "true", "HX-Target": part})
        text = masked(narrow.content.decode()).strip()
        assert narrow.status_code == 200
        assert "<html" not in text
        assert f'id="{part}"' in text, "the element that is swapped bears the part's name"
        assert text in masked(whole.content.decode()), part
        for answer in (whole, narrow):
            vary = {name.strip() for name in answer["Vary"].split(",")}
            assert {"HX-Request", "HX-Target"} <= vary


def test_other_targets_get_the_whole_page(world):
    for person, address in world.values():
        client = person.browser()
        for headers in ({}, {"HX-Request": "true"}, {"HX-Request": "true", "HX-Target": "x"}):
            assert "<html" in client.get(address, headers=headers).content.decode()
        assert "<html" in client.get(address, headers={"HX-Target": "need-list"}).content.decode()


# --- queries ----------------------------------------------------------------------------------


def one_more(merchant, number):
    """One more need with a proposal, cooperation, notice, application and job."""
    provider = person_of(factories.listed_party("provider", f"服务商{number}"))
    need = factories.open_need(merchant.actor)
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    factories.submitted_proposal(provider.actor, need)
    done = factories.open_need(merchant.actor)
    services.accept_proposal(
        merchant.actor, proposal=factories.submitted_proposal(provider.actor, done)
    )
    factories.draft_need(merchant.actor)
    factories.submitted_party("merchant", f"申请{number}")
    jobs.start_job(SYSTEM, kind=f"tests.{number}")
    return need


MOST_QUERIES = 33
# It asks every part of the site once for what waits there, of an operator for the year, too.
MOST_OF_A_WORKBENCH = 65
LISTS = {
    "merchant": [
        *("/", "/needs/", "/needs/?view=ours", "/cooperations/", "/notices/", "/workbench/"),
        *("/api/v1/needs/", "/api/v1/needs/?view=ours", "/api/v1/proposals/"),
        *("/api/v1/cooperations/", "/api/v1/notices/", "/api/v1/parties/", "/api/v1/reference/"),
    ],
    "operator": [
        *("/jobs/", "/admin/", "/workbench/", "/admin/parties/party/", "/admin/needs/need/"),
        *("/admin/needs/proposal/", "/admin/cooperation/cooperation/", "/admin/core/job/"),
        *("/admin/core/auditentry/", "/admin/core/outboxmessage/", "/admin/parties/user/"),
    ],
}


def count_queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_cost_the_same_for_one_row_and_for_three(merchant, operator):
    people = {"merchant": merchant.browser(), "operator": operator.browser()}
    asked = [(who, address) for who, paths in LISTS.items() for address in paths]
    first = one_more(merchant, 1)
    asked += [
        ("merchant", f"/needs/{first.pk}/"),
        ("merchant", f"/needs/{first.pk}/candidates/"),
        ("merchant", f"/api/v1/needs/{first.pk}/candidates/"),
    ]
    for who, address in asked:
        people[who].get(address)  # content types and the like are read once a process
    one = {(who, address): count_queries(people[who], address) for who, address in asked}
    for number in (2, 3):
        one_more(merchant, number)
        provider = Party.objects.get(name=f"服务商{number}")
        factories.submitted_proposal(person_of(provider).actor, first)
    three = {(who, address): count_queries(people[who], address) for who, address in asked}
    assert three == one
    most = dict.fromkeys(["/workbench/", "/admin/"], MOST_OF_A_WORKBENCH)
    too_many = {key: n for key, n in three.items() if n > most.get(key[1], MOST_QUERIES)}
    assert too_many == {}
