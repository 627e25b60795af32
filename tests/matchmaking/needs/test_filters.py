"""Open needs narrowed and ordered, on the page and over the API alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matchmaking.needs.states import Seeks
from portal.core import clock
from portal.parties.models import Category, City, ServiceType
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def needs(merchant):
    """The first is the oldest, and the last to close."""
    today = clock.today()
    return {
        "live": factories.open_need(
            merchant.actor,
            title="食品自播间",
            closes_on=today + timedelta(days=20),
            facts=["own_live"],
        ),
        "shop": factories.open_need(
            merchant.actor,
            title="美妆店铺",
            service_ids=[ServiceType.objects.get(code="shop").pk],
            category_ids=[Category.objects.get(code="beauty").pk],
            city_id=City.objects.get(code="shanghai").pk,
            accepts_remote=False,
            closes_on=today + timedelta(days=9),
            budget_low_fen=6_000_000,
            budget_high_fen=9_000_000,
        ),
        "creator": factories.open_need(
            merchant.actor, title="达人带货", seeks=Seeks.CREATOR, service_ids=[]
        ),
    }


ASKED = [
    ("q=食品", ["live"]),
    ("seeks=creator", ["creator"]),
    ("category=beauty", ["shop"]),
    ("service=live-room", ["live"]),
    ("fact=own_live", ["live"]),
    ("city=shanghai", ["creator", "shop", "live"]),
    ("city=beijing", ["creator", "live"]),
    ("remote=on", ["creator", "live"]),
    ("budget=50000", ["shop"]),
    ("q=没有这样的", []),
]


@pytest.mark.parametrize(("query", "found"), ASKED)
def test_page_shows_what_was_asked(client, needs, query, found):
    page = client.get(f"/needs/?{query}")
    assert [row["need"] for row in page.context["rows"]] == [needs[name] for name in found]


@pytest.mark.parametrize(("query", "found"), ASKED)
def test_api_tells_what_was_asked(stranger, needs, query, found):
    answer = stranger.browser().get(f"/api/v1/needs/?{query}").json()
    assert [row["id"] for row in answer["results"]] == [needs[name].pk for name in found]


def test_closing_soonest_comes_first(client, needs):
    page = client.get("/needs/?sort=closing")
    rows = [row["need"] for row in page.context["rows"]]
    assert rows == [needs["shop"], needs["creator"], needs["live"]]


def test_bidder_sees_first_what_it_can_answer(provider, needs):
    page = provider.browser().get("/needs/?view=open")
    assert [row["need"] for row in page.context["rows"]] == [needs["shop"], needs["live"]]
    everything = provider.browser().get("/needs/?view=open&seeks=")
    assert len(everything.context["rows"]) == 3


def test_unsound_filter_narrows_nothing_and_says_so(client, needs):
    page = client.get("/needs/?category=nothing")
    assert len(page.context["rows"]) == 3
    assert page.context["filters"].errors["category"]


def test_api_refuses_an_unsound_filter_with_its_field(stranger, needs):
    answer = stranger.browser().get("/api/v1/needs/?category=nothing")
    assert answer.status_code in {400, 422}
    assert "category" in answer.content.decode()
